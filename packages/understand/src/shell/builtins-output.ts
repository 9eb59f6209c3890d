import { setVariable } from './assign.ts';
import type { Builtin } from './builtin.ts';
import { NAME } from './builtin.ts';
import { readEscapes } from './escapes.ts';
import { opaque } from './reading.ts';
import { joinValues, literal, originsOf, UNKNOWN, unknownFrom, type Value } from './value.ts';
import { joinWords, literalTexts, textOfWord, valueOf, type Word } from './word.ts';

/** Shells differ on what `-e` and a backslash mean to it. */
export const readEcho: Builtin = (words, { reading }) => {
  let rest = words;
  let ends = '\n';
  let escapes = false;
  for (
    let word = textOfWord(rest[0] ?? words[0] ?? { kind: 'literal', text: '', from: [] });
    rest.length > 0;
  ) {
    if (word === null || !/^-[neE]+$/.test(word)) break;
    if (reading.dialect !== 'bash' && word !== '-n') return unknownFrom(originsOf(words));
    if (word.includes('n')) ends = '';
    if (word.includes('e')) escapes = true;
    if (word.includes('E')) escapes = false;
    rest = rest.slice(1);
    word = textOfWord(rest[0] ?? { kind: 'literal', text: '', from: [] });
  }
  const value = joinValues([joinWords(rest), literal(ends)]);
  const hasBackslash = value.parts.some((part) => part?.includes('\\') === true);
  if (!hasBackslash || (!escapes && reading.dialect === 'bash')) return value;
  const texts = literalTexts(rest);
  const text = texts === null || reading.dialect !== 'bash' ? null : readEscapes(`${texts.join(' ')}${ends}`);
  return text === null ? unknownFrom(value.from) : literal(text, value.from);
};

export const readPrintf: Builtin = (words, called) => {
  const [first, second, ...more] = words;
  const option = first === undefined ? '' : textOfWord(first);
  if (option === '-v') {
    const name = second === undefined ? null : textOfWord(second);
    if (name === null || !NAME.test(name)) opaque(called.reading, ['EXECUTE_CODE']);
    else setVariable(name, formatted(more), called);
    return literal('');
  }
  return formatted(option === '--' ? words.slice(1) : words);
};

/** `%s` and `%b` as often as there are words for them, and what stands between. */
function formatted(words: readonly Word[]): Value {
  const [first, ...rest] = words;
  const format = first === undefined ? null : textOfWord(first);
  if (format === null || format.startsWith('-')) return unknownFrom(originsOf(words));
  const pieces: readonly string[] = format.match(/%[sb%]|[^%]+|%/g) ?? [];
  const takes = pieces.filter((piece) => piece === '%s' || piece === '%b').length;
  if (pieces.includes('%')) return unknownFrom(originsOf(words));
  const rounds = takes === 0 ? 1 : Math.max(1, Math.ceil(rest.length / takes));
  const values: Value[] = [];
  let at = 0;
  for (let round = 0; round < rounds; round++) {
    for (const piece of pieces) {
      const value =
        piece.startsWith('%') && piece !== '%%' ? argumentOf(rest[at++], piece) : fixedText(piece);
      if (value === null) return unknownFrom(originsOf(words));
      values.push(value);
    }
  }
  return joinValues(values);
}

function fixedText(piece: string): Value | null {
  const text = piece === '%%' ? '%' : readEscapes(piece);
  return text === null ? null : literal(text);
}

function argumentOf(word: Word | undefined, piece: string): Value | null {
  if (word === undefined) return literal('');
  if (piece === '%s') return valueOf(word);
  const text = textOfWord(word);
  if (text === null) return UNKNOWN;
  const read = readEscapes(text);
  return read === null ? null : literal(read, word.from);
}
