/** The signs that a backslash and a letter mean to `echo -e` and `printf`. */
const LETTERS: Readonly<Record<string, string>> = {
  '\\': '\\',
  '"': '"',
  "'": "'",
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  E: '\u001B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE = /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|0([0-7]{1,3})|([1-7][0-7]{0,2})|([\s\S]|$))/g;

/** Null where what is meant is not surely known: an end, bytes beyond ASCII, signs of one program alone. */
export function readEscapes(text: string): string | null {
  let known = true;
  const read = text.replace(
    ESCAPE,
    (_all, hex?: string, unit?: string, octal?: string, short?: string, letter?: string) => {
      const digits = hex ?? unit ?? null;
      const octals = octal ?? short ?? null;
      const code =
        digits !== null ? Number.parseInt(digits, 16) : octals === null ? null : Number.parseInt(octals, 8);
      if (code !== null) {
        if (code === 0 || code > 127) known = false;
        return String.fromCharCode(code);
      }
      const sign = letter === undefined || !Object.hasOwn(LETTERS, letter) ? undefined : LETTERS[letter];
      if (sign === undefined) known = false;
      return sign ?? '';
    },
  );
  return known ? read : null;
}
