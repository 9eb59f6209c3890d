import { afterEach, describe, expect, it } from 'vitest';
import { detect, readUrl } from '../../src/index.ts';
import { understandPath } from '../../src/paths/understand-path.ts';
import { readsAsShell } from '../../src/requests/reads-as-shell.ts';
import { readsAsSql } from '../../src/requests/reads-as-sql.ts';
import { hidesCharacters } from '../../src/unicode/hidden.ts';

/** What reads a text unit by unit; a slice counts with its length. */
/** Counted by standing in for the methods of all strings, for one reading. */
const strings: object = String.prototype;
const READING = ['charCodeAt', 'codePointAt', 'charAt', 'startsWith'] as const;
const original = new Map(READING.map((name) => [name, Object.getOwnPropertyDescriptor(strings, name)]));
const slice = Object.getOwnPropertyDescriptor(strings, 'slice');

function restore(): void {
  for (const [name, descriptor] of [...original, ['slice', slice] as const]) {
    if (descriptor !== undefined) Object.defineProperty(strings, name, descriptor);
  }
}

/** Steps, not time: the same on every machine. */
function stepsOf(run: () => unknown): number {
  let steps = 0;
  for (const [name, descriptor] of original) {
    const read = descriptor?.value as (this: string, ...given: unknown[]) => unknown; // a method of strings
    Object.defineProperty(strings, name, {
      ...descriptor,
      value(this: string, ...given: unknown[]) {
        steps += 1;
        return Reflect.apply(read, this, given);
      },
    });
  }
  const cut = slice?.value as (this: string, ...given: unknown[]) => string; // a method of strings
  Object.defineProperty(strings, 'slice', {
    ...slice,
    value(this: string, ...given: unknown[]) {
      const part = Reflect.apply(cut, this, given);
      steps += 1 + part.length;
      return part;
    },
  });
  try {
    run();
  } finally {
    restore();
  }
  return steps;
}

const PIECES = [
  '\n',
  '\n\t',
  ' ',
  '`a`b',
  'a',
  '.',
  '../',
  '%25',
  '%2e',
  ';a',
  ';cat ',
  '$(',
  '`a',
  "'",
  '"',
  '((',
  '{',
  '/*',
  "' or 1",
  'select a,',
  '@',
  '//',
].concat([
  '--password ',
  'AKIA',
  '4111 ',
  'DE89',
  '&#46;',
  '\\x2e',
  '\u202e',
  '😀',
  'xn--a.',
  '[::',
  '0x',
  '=',
  '-----BEGIN ',
]);
const AROUND = {
  scene: { directory: '/srv', roots: ['/srv'], shell: null, items: [] },
  protected: [],
};
const READERS: readonly (readonly [string, (text: string) => unknown])[] = [
  ['a path', (text) => understandPath(text, ['read'], '/path', AROUND)],
  ['a URL', (text) => readUrl(`http://${text}`)],
  ['characters', (text) => hidesCharacters(text, true)],
  ['a parameter as shell', (text) => readsAsShell(text, 'field')],
  ['a document as shell', (text) => readsAsShell(text, 'document')],
  ['a parameter as SQL', (text) => readsAsSql(text, 'field')],
  ['secrets and personal data', (text) => detect(text)],
];
/** What goes back and forth more often than it should does not end at this size. */
const UNITS = 3_000;
/** Twice the text, and no more than this times the steps. */
const GROWTH_MAX = 2.6;

describe('steps', () => {
  afterEach(restore);

  it.each(READERS)(
    'reading %s twice as long takes about twice the steps, whatever it is made of',
    (_what, read) => {
      const slow = PIECES.filter((piece) => {
        const once = piece.repeat(Math.ceil(UNITS / piece.length));
        // The first time fills tables that stay.
        stepsOf(() => read(once));
        const [short, long] = [stepsOf(() => read(once)), stepsOf(() => read(once + once))];
        return long > 1_000 && long > short * GROWTH_MAX;
      });
      expect(slow).toEqual([]);
    },
  );
});
