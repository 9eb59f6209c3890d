/** Letters of other scripts that are drawn like these of ASCII in common fonts. */
const ROWS = `
  a аαɑ  b ЬʙЪ  c сϲᴄ  d ԁ  e еҽє  f ғϝ  g ɡցԍ  h һհ  i іιⅰӏ  j јϳ  k κк  l ӏⅼןІ  m м  n ոпη
  o оοօσө०০௦૦  p рρ  q ԛզգ  r гᴦ  s ѕꜱ  t тτ  u υսц  v νѵⅴ  w ԝшω  x хχҳ  y уγүʏ  z ᴢʐ
  A АΑ  B ВΒ  C СϹ  D Ꭰ  E ЕΕ  F Ϝ  G Ԍ  H НΗ  I ІΙӀ  J ЈͿ  K КΚ  L ԼᏞ  M МΜ  N Ν  O ОΟՕ  P РΡ  Q Ԛ  R Ꭱ
  S ЅՏ  T ТΤ  U Սՙ  V Ѵ  W Ԝ  X ХΧ  Y ΥҮУ  Z Ζ
`;

const LOOK_ALIKES: ReadonlyMap<number, string> = new Map(
  pairs(ROWS.trim().split(/\s+/)).flatMap(([letter, others]) =>
    Array.from(others, (other): [number, string] => [other.codePointAt(0) ?? 0, letter]),
  ),
);

function pairs(words: readonly string[]): readonly (readonly [string, string])[] {
  return words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ''] as const] : []));
}

/** The ASCII letter for which people take this one; null where they would not. */
export function looksLike(point: number): string | null {
  return LOOK_ALIKES.get(point) ?? null;
}
