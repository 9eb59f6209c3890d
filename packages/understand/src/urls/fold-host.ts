import { lowerAscii } from '../detection/characters.ts';
import { decodeUrlEscapes } from '../encoding/lenient.ts';

const LAYERS_MAX = 3;
/** What look-ups of names take for a dot (UTS 46). */
const DOTS = /[\u3002\uff0e\uff61]/g;
const PLAIN = /^[ -~]*$/;

/** A host as a tolerant reader maps it to ASCII: escapes, full-width forms, digits in circles and styles. */
export function foldHost(text: string): string {
  let host = text;
  for (let layer = 0; layer < LAYERS_MAX && host.includes('%'); layer++) host = decodeUrlEscapes(host).text;
  if (!PLAIN.test(host)) {
    host = Array.from(host.replace(DOTS, '.'), (sign) => foldSign(sign.codePointAt(0) ?? 0)).join('');
  }
  return lowerAscii(host);
}

type Range = { readonly first: number; readonly last: number; readonly to: number };

/** Ranges that stand for ASCII ones, in the same order (compatibility mappings of Unicode). */
const RANGES: readonly Range[] = [
  { first: 0xff01, last: 0xff5e, to: 0x21 }, // full width
  { first: 0x24d0, last: 0x24e9, to: 0x61 }, // letters in circles
  { first: 0x24b6, last: 0x24cf, to: 0x61 },
  { first: 0x2460, last: 0x2468, to: 0x31 }, // digits in circles
  { first: 0x2474, last: 0x247c, to: 0x31 },
  { first: 0x2488, last: 0x2490, to: 0x31 },
  { first: 0x2776, last: 0x277e, to: 0x31 },
  { first: 0x2080, last: 0x2089, to: 0x30 }, // below the line
  { first: 0x2074, last: 0x2079, to: 0x34 }, // above it
  { first: 0x1f101, last: 0x1f10a, to: 0x30 },
];
const SIGNS: ReadonlyMap<number, string> = new Map([
  [0x24ea, '0'],
  [0x24ff, '0'],
  [0x2070, '0'],
  [0xb9, '1'],
  [0xb2, '2'],
  [0xb3, '3'],
]);
/** Styled letters and digits of mathematics: alphabets of 26, and five runs of ten digits. */
const STYLED_LETTERS = 0x1d400;
const STYLED_LETTERS_END = 0x1d6a4;
const STYLED_DIGITS = 0x1d7ce;
const STYLED_DIGITS_END = 0x1d800;
/** Numbers in circles from ten to twenty, from twenty-one and from thirty-six. */
const TENS: readonly Range[] = [
  { first: 0x2469, last: 0x2473, to: 10 },
  { first: 0x3251, last: 0x325f, to: 21 },
  { first: 0x32b1, last: 0x32bf, to: 36 },
];

function foldSign(point: number): string {
  const range = RANGES.find(({ first, last }) => point >= first && point <= last);
  if (range !== undefined) return String.fromCharCode(range.to + point - range.first);
  const ten = TENS.find(({ first, last }) => point >= first && point <= last);
  if (ten !== undefined) return String(ten.to + point - ten.first);
  if (point >= STYLED_DIGITS && point < STYLED_DIGITS_END) return String((point - STYLED_DIGITS) % 10);
  if (point >= STYLED_LETTERS && point < STYLED_LETTERS_END) {
    return String.fromCharCode(0x61 + ((point - STYLED_LETTERS) % 26));
  }
  if (isUnseen(point)) return '';
  return SIGNS.get(point) ?? String.fromCodePoint(point);
}

/** What mapping drops: soft hyphens, joiners, variation selectors. */
function isUnseen(point: number): boolean {
  return (
    point === 0xad ||
    point === 0xfeff ||
    (point >= 0x200b && point <= 0x200d) ||
    point === 0x2060 ||
    (point >= 0xfe00 && point <= 0xfe0f)
  );
}
