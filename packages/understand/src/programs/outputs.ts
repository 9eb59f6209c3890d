import type { Meaning } from '../meaning/meaning.ts';
import { fitsSecretName } from '../paths/fits-secret-name.ts';
import { holdsSecrets } from '../paths/secret-places.ts';
import { markWord } from '../shell/marks.ts';
import type { Run } from '../shell/reading.ts';
import {
  joinValues,
  literal,
  type Origin,
  originsOf,
  textOf,
  UNKNOWN,
  unknownFrom,
  type Value,
} from '../shell/value.ts';
import { literalTexts, textOfWord, type Word } from '../shell/word.ts';
import { wordSet } from '../word-set.ts';
import { belowNamed } from './named-output.ts';
import { decodeBase64, decodeHex } from './decode.ts';
import { isShell } from './flows.ts';

/** Gives lines, or parts of them, that it was given. */
const FILTERS: ReadonlySet<string> = wordSet(`
  grep egrep fgrep head sort tail tee uniq cat tac shuf`);

/** What a program writes to its standard output, as far as it can be told from its words. */
export function outputOf(
  executable: string,
  run: Run,
  meaning: Meaning,
  outputs: readonly Value[],
  contentAt: (name: string) => Value | undefined,
): Value {
  const name = executable.slice(executable.lastIndexOf('/') + 1);
  const { input, words } = run;
  const from = originsOf([
    ...outputs,
    { from: [...(input?.from ?? []), ...addedBy(name, run, meaning)] },
    ...words,
  ]);
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return { ...only, from };
  const text = textOfOutput(name, run, contentAt);
  if (text !== null) return { ...text, from };
  const below = belowOf(name, run);
  return below === null ? unknownFrom(from) : { ...UNKNOWN, from, below };
}

function addedBy(name: string, { input, words }: Run, { effects }: Meaning): readonly Origin[] {
  const added: Origin[] = [];
  if (effects.includes('READ_SECRETS')) added.push('secret');
  if (effects.includes('DOWNLOAD')) added.push('download');
  if (decodes(name, literalTexts(words))) added.push('decode');
  if (isShell(name) && input === null && words.length === 0) added.push('shell');
  if (isShell(name) && words.some((word) => /^-[a-z]*i/.test(textOfWord(word) ?? ''))) added.push('shell');
  return added;
}

const DECODING: ReadonlySet<string> = wordSet(`
  base32 base64 basenc openssl gpg xxd uudecode b64decode gunzip zcat gzip xz unxz bunzip2 bzcat xzcat
  zstd zstdcat rev tr`);
const ALWAYS: ReadonlySet<string> = wordSet(`
  uudecode b64decode gunzip zcat unxz bunzip2 bzcat xzcat zstdcat rev tr`);

/** Makes of what cannot be read something that can. */
function decodes(name: string, texts: readonly string[] | null): boolean {
  if (!DECODING.has(name)) return false;
  if (ALWAYS.has(name) || texts === null) return true;
  return texts.some((text) =>
    /^-[a-zA-Z]*[dDr]|^--(?:decode|decrypt|decompress|reverse|uncompress)$/.test(text),
  );
}

/** The text itself, where all of it follows from what is known. */
function textOfOutput(
  name: string,
  { input, words }: Run,
  contentAt: (name: string) => Value | undefined,
): Value | null {
  const texts = literalTexts(words);
  if (texts === null) return null;
  const given = input === null ? null : textOf(input);
  if (name === 'cat') return contentOf(texts, input, contentAt);
  if (name === 'tee') return input;
  if (name === 'echo' || name === 'printf') return null;
  if (given === null) return null;
  if (name === 'base64' && texts.length === 1 && /^-(?:d|D|-decode)$/.test(texts[0] ?? ''))
    return maybe(decodeBase64(given));
  if (name === 'xxd' && texts.join(' ').replaceAll(/[ -]/g, '') === 'rp') return maybe(decodeHex(given));
  if (name === 'rev' && texts.length === 0) return literal(reversed(given));
  return null;
}

function contentOf(
  texts: readonly string[],
  input: Value | null,
  contentAt: (name: string) => Value | undefined,
): Value | null {
  if (texts.length === 0 || (texts.length === 1 && texts[0] === '-')) return input;
  const contents = texts.map(contentAt);
  return contents.every((content) => content !== undefined) ? joinValues(contents) : null;
}

function maybe(text: string | null): Value | null {
  return text === null ? null : literal(text);
}

function reversed(text: string): string {
  return text
    .split('\n')
    .map((line) => Array.from(line).reverse().join(''))
    .join('\n');
}

/** The directory at or below which everything lies that it names. */
function belowOf(name: string, { input, words }: Run): string | null {
  const texts = literalTexts(words);
  if (name === 'find') return belowFind(words);
  const named = belowNamed(name, words);
  if (named !== null) return named;
  if (
    name === 'mktemp' &&
    (texts === null || texts.every((text) => !text.startsWith('-') || /^-[dqu]+$/.test(text)))
  ) {
    return texts?.some((text) => !text.startsWith('-')) === true ? null : '/tmp';
  }
  if (name === 'git' && texts !== null) return namesOfGit(texts) ? '' : null;
  if (FILTERS.has(name) && input?.below !== undefined && texts !== null && onlyFilters(name, texts))
    return input.below;
  return null;
}

/** Whether none of its words may be a file, whose lines it would give instead. */
function onlyFilters(name: string, texts: readonly string[]): boolean {
  const others = texts.filter((text) => !text.startsWith('-') && !/^[0-9]+$/.test(text)).length;
  if (name === 'tee' || !name.endsWith('grep')) return name === 'tee' || others === 0;
  if (texts.some((text) => /^(?:-[A-Za-z]*f|--file)/.test(text))) return false;
  return others <= Math.max(1, texts.filter((text) => /^-[A-Za-z]*e$/.test(text)).length);
}

/** Whether it looks for a name that holds credentials: that is not just anything that lies there. */
export function findsSecrets(words: readonly Word[]): boolean {
  return words.some((word, at) => {
    const text = textOfWord(word);
    const by = textOfWord(words[at - 1] ?? word);
    if (text === null || !/^-i?(?:name|path|wholename)$/.test(by ?? '')) return false;
    const name = text.slice(text.lastIndexOf('/') + 1);
    const pattern: Word = { kind: 'pattern', text: name, prefix: '', suffix: '', from: [] };
    // An ending alone, of documents say, is that of some secret too.
    if (/^\*\.[a-z0-9]+$/i.test(name)) return holdsSecrets(name.replace('*', 'x'));
    return (
      holdsSecrets(name.replaceAll('*', '')) || (/[*?[]/.test(name) && fitsSecretName(markWord(pattern)))
    );
  });
}

/** Only what stands first is where it begins. */
function belowFind(words: readonly Word[]): string | null {
  if (findsSecrets(words)) return null;
  const [first, second] = words.map(textOfWord);
  if (words.some((word) => /^-(?:printf|fprintf|exec|ok)/.test(textOfWord(word) ?? ''))) return null;
  if (first === undefined || first?.startsWith('-') === true) return '.';
  if (first === null || (second !== undefined && second?.startsWith('-') !== true)) return null;
  return first;
}

function namesOfGit(texts: readonly string[]): boolean {
  const [command] = texts;
  return (
    command === 'ls-files' || ((command === 'diff' || command === 'show') && texts.includes('--name-only'))
  );
}
