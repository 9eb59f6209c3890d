/** What stands in a text of code: words, texts in quotes, numbers, and each other sign by itself. */
export type CodeToken = {
  readonly kind: 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
  /** Of a text: nothing in it is computed. */
  readonly plain: boolean;
};

export type Quoting = {
  readonly comments: readonly ('#' | '//' | '/*')[];
  /** Signs that begin a text, and whether it is taken as it stands. */
  readonly quotes: Readonly<Record<string, 'plain' | 'escapes' | 'computes'>>;
  /** What makes a text computed, within one that computes. */
  readonly computes: RegExp;
  /** Three quotes begin a text that has lines. */
  readonly triples?: true;
  /** Between slashes a pattern may stand. */
  readonly patterns?: true;
};

/** More than these are a program, not a line of one. */
const TOKENS_MAX = 10_000;

/** Null where a text does not end, or there is too much of it. */
export function tokeniseCode(code: string, quoting: Quoting): readonly CodeToken[] | null {
  const tokens: CodeToken[] = [];
  for (let at = 0; at < code.length; ) {
    if (tokens.length > TOKENS_MAX) return null;
    const skipped = afterComment(code, at, quoting);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const sign = code.charAt(at);
    const quote = Object.hasOwn(quoting.quotes, sign) ? quoting.quotes[sign] : undefined;
    const read =
      quote !== undefined
        ? readQuoted(code, at, quote, quoting)
        : sign === '/' && quoting.patterns === true && mayBegin(tokens.at(-1))
          ? readPattern(code, at)
          : readPlain(code, at);
    if (read === null) return null;
    if (read.token !== null) tokens.push(read.token);
    at = read.end;
  }
  return tokens;
}

type Read = { readonly token: CodeToken | null; readonly end: number };

function afterComment(code: string, at: number, { comments }: Quoting): number {
  for (const begin of comments) {
    if (!code.startsWith(begin, at)) continue;
    if (begin === '/*') {
      const close = code.indexOf('*/', at + 2);
      return close < 0 ? code.length : close + 2;
    }
    // A line ends at the first sign that ends one in any language.
    const end = code.slice(at).search(/[\n\r\u2028\u2029]/);
    return end < 0 ? code.length : at + end;
  }
  return at;
}

const NAME = /[A-Za-z_$@][\w$]*/y;
const NUMBER = /[0-9][\w.]*/y;

function readPlain(code: string, at: number): Read {
  const sign = code.charAt(at);
  if (/\s/.test(sign) && sign !== '\n') return { token: null, end: at + 1 };
  for (const [kind, form] of [['name', NAME] as const, ['number', NUMBER] as const]) {
    form.lastIndex = at;
    const text = form.exec(code)?.[0];
    if (text !== undefined) return { token: { kind, text, plain: true }, end: at + text.length };
  }
  return { token: { kind: 'sign', text: sign, plain: true }, end: at + 1 };
}

/** Behind a value a slash divides. */
function mayBegin(before: CodeToken | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'sign') return before.text !== ')' && before.text !== ']';
  return before.kind === 'name' && /^(?:print|printf|return|in|case|delete|exit)$/.test(before.text);
}

/** Null where readers differ on which slash ends it. */
function readPattern(code: string, at: number): Read | null {
  for (let index = at + 1; index < code.length; index++) {
    const sign = code.charAt(index);
    if (sign === '\\') index += 1;
    else if (sign === '\n') return null;
    else if (sign === '/') {
      const text = code.slice(at + 1, index);
      const open = text.lastIndexOf('[') > text.lastIndexOf(']');
      return open ? null : { token: { kind: 'text', text, plain: true }, end: index + 1 };
    }
  }
  return null;
}

function readQuoted(
  code: string,
  at: number,
  how: 'plain' | 'escapes' | 'computes',
  quoting: Quoting,
): Read | null {
  const sign = code.charAt(at);
  const triple = sign.repeat(3);
  const mark = quoting.triples === true && code.startsWith(triple, at) ? triple : sign;
  let text = '';
  for (let index = at + mark.length; index < code.length; index++) {
    if (code.startsWith(mark, index)) {
      const plain = how !== 'computes' || !quoting.computes.test(text);
      return { token: { kind: 'text', text, plain }, end: index + mark.length };
    }
    const escaped =
      code.charAt(index) === '\\' && (how !== 'plain' || [sign, '\\'].includes(code.charAt(index + 1)));
    if (escaped) index += 1;
    text += escaped ? unescape(code.charAt(index)) : code.charAt(index);
  }
  return null;
}

/**
 * Other escapes keep their letter: nothing that is looked for is found by them, and they make nothing milder.
 */
function unescape(sign: string): string {
  return sign === 'n' ? '\n' : sign === 't' ? '\t' : sign;
}
