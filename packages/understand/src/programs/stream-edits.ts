type Reading = { readonly text: string; at: number };

/** Commands without a word of their own, perhaps with a number. */
const PLAIN = /[pdqQnNDPgGhHxlLzF=]/;

/**
 * Whether a text for `sed` only edits what passes: it reads and writes no other file and runs nothing. What
 * is not surely so is not.
 */
export function editsOnly(text: string): boolean {
  const reading: Reading = { text, at: 0 };
  while (reading.at < text.length) if (!readCommand(reading)) return false;
  return true;
}

function readCommand(reading: Reading): boolean {
  skip(reading, /[\s;{}]*/y);
  if (reading.at >= reading.text.length) return true;
  if (!readAddresses(reading)) return false;
  const sign = reading.text.charAt(reading.at);
  reading.at += 1;
  if (sign === '{') return true;
  if (sign === 's') return readPair(reading) && skip(reading, /[gpiImM0-9]*/y) && isEnd(reading);
  if (sign === 'y') return readPair(reading) && isEnd(reading);
  if (PLAIN.test(sign)) return skip(reading, / *[0-9]*/y) && isEnd(reading);
  if (sign === 'b' || sign === 't' || sign === 'T' || sign === ':') return skip(reading, /[^;\n]*/y);
  // Their text goes to the end of the line, and on behind a backslash.
  if (sign === 'a' || sign === 'i' || sign === 'c') return skip(reading, /(?:[^\n\\]|\\[^])*\\?/y);
  return sign === '#' && skip(reading, /[^\n]*/y);
}

function readAddresses(reading: Reading): boolean {
  for (;;) {
    skip(reading, /[0-9$,~+! \t]*/y);
    const sign = reading.text.charAt(reading.at);
    if (sign !== '/' && sign !== '\\') return true;
    reading.at += sign === '/' ? 0 : 1;
    if (!readPart(reading, reading.text.charAt(reading.at), 1)) return false;
    skip(reading, /[IM]*/y);
  }
}

/** `/from/to/`, with whatever sign in the place of the slash. */
function readPair(reading: Reading): boolean {
  const sign = reading.text.charAt(reading.at);
  return readPart(reading, sign, 1) && readPart(reading, sign, 0);
}

/** To the next such sign; within brackets some take it for one of the set. */
function readPart(reading: Reading, sign: string, before: number): boolean {
  if (sign === '' || sign === '\\' || sign === '\n') return false;
  let open = false;
  for (reading.at += before; reading.at < reading.text.length; reading.at++) {
    const next = reading.text.charAt(reading.at);
    if (next === sign) {
      reading.at += 1;
      return !open;
    }
    if (next === '\\') reading.at += 1;
    else if (before === 1 && next === '[') open = true;
    else if (next === ']') open = false;
  }
  return false;
}

function isEnd({ at, text }: Reading): boolean {
  return at >= text.length || /^(?:[ \t]*(?:$|[;\n}#]))/.test(text.slice(at, at + 64));
}

function skip(reading: Reading, form: RegExp): boolean {
  form.lastIndex = reading.at;
  reading.at += form.exec(reading.text)?.[0].length ?? 0;
  return true;
}
