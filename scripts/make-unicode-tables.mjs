// Writes packages/understand/src/unicode/tables.ts: of every character, what the extractors have to know,
// from the Unicode data of the Node that runs this. The tables are ours from then on: what a text means must
// not change with the engine that reads it. `node scripts/make-unicode-tables.mjs`
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = join(fileURLToPath(new URL('..', import.meta.url)), 'packages/understand/src/unicode/tables.ts');

/** One letter each. The first that fits counts. */
const CLASSES = [
  ['L', /\p{Script=Latin}/u],
  ['C', /\p{Script=Cyrillic}/u],
  ['G', /\p{Script=Greek}|\p{Script=Coptic}/u],
  ['A', /\p{Script=Armenian}/u],
  ['T', /\p{Script=Cherokee}|\p{Script=Lisu}/u],
  ['R', /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u],
  ['E', /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Bopomofo}/u],
  ['P', /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u],
  ['M', /\p{M}/u],
  ['O', /\p{L}/u],
];
const IGNORED = /\p{Default_Ignorable_Code_Point}|\p{Cc}|\p{Cf}/u;

const classOf = (point) => {
  const sign = String.fromCodePoint(point);
  if (point < 0x80 || IGNORED.test(sign)) return '';
  return CLASSES.find(([, pattern]) => pattern.test(sign))?.[0] ?? '';
};

const rows = [];
let first = 0;
let current = '';
for (let point = 0; point <= 0x110000; point++) {
  const next = point === 0x110000 || (point >= 0xd800 && point <= 0xdfff) ? '' : classOf(point);
  if (next === current) continue;
  if (current !== '') rows.push([first, point - 1, current]);
  first = point;
  current = next;
}

// Each row as its distance from the last one, its length and its letter, in base 36.
let end = 0;
const words = rows.map(([from, to, letter]) => {
  const word = `${letter}${(from - end).toString(36)}${to > from ? `-${(to - from).toString(36)}` : ''}`;
  end = to;
  return word;
});

const lines = [];
for (const word of words) {
  const last = lines.at(-1);
  if (last === undefined || last.length + word.length + 1 > 100) lines.push(word);
  else lines[lines.length - 1] = `${last} ${word}`;
}

writeFileSync(
  FILE,
  `/**
 * Letters of Unicode ${process.versions.unicode} by script: see scripts/make-unicode-tables.mjs. Each word is
 * a class, how far it begins from the end of the one before, and how much longer than one it is, in base 36.
 */
export const LETTERS = \`
${lines.map((line) => `  ${line}`).join('\n')}
\`;
`,
);
process.stdout.write(`${rows.length} ranges\n`);
