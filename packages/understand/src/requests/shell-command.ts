import { isSpace, lowerAscii } from '../detection/characters.ts';
import { isTriedAlone, leads, type ProgramName, programNamed, programsLike } from './program-names.ts';
import { readShellWord, type ShellWord } from './shell-word.ts';

/** One command as it would be run, if a shell read the text from here. */
export type ShellCommand = {
  readonly name: ProgramName;
  readonly bare: string;
  readonly spliced: boolean;
  /** The name is the value of a variable, or was made of one. */
  readonly expanded: boolean;
  /** Named by its whole path, in a place of programs. */
  readonly located: boolean;
  readonly words: readonly ShellWord[];
  readonly redirected: boolean;
  /** Only names and signs up to here; what follows ends a command. */
  readonly end: number;
};

/** So many words decide; a sentence needs no more. */
const WORDS_MAX = 6;
const LEADING_MAX = 6;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]{0,63}=/;

/** The command with which a text begins, behind another one or not; null where none is named. */
export function readShellCommand(text: string, isBehind: boolean, isField: boolean): ShellCommand | null {
  let at = skipOpening(text, 0);
  let expanded = false;
  for (let count = 0; count < LEADING_MAX; count++) {
    if (at >= text.length || endsCommand(text, at)) return null;
    const word = readShellWord(text, at);
    const isNothing = word.text === '' && (word.expanded || word.spliced || word.raw.startsWith('$'));
    const isLed = leads(lowerAscii(word.text));
    if (isSourced(text, word)) return { ...SOURCED, ...readWords(text, word.end) };
    if (isField && isBehind && isNothing && word.expanded && isLast(text, word.end)) {
      return { ...SOURCED, expanded: true, ...readWords(text, word.end) };
    }
    const command = isNothing ? optioned(text, word) : commandOf(text, word, expanded, isField);
    // `time sh`: of two names the second is the program; of one it is the first.
    const behind = isLed && command !== null ? ledCommand(text, word.end, isField) : null;
    if (behind !== null) return { ...behind, spliced: behind.spliced || word.spliced };
    if (command !== null) return command;
    if (!isNothing && !isLed && !ASSIGNMENT.test(word.raw)) return null;
    expanded ||= isNothing;
    at = skipBlanks(text, word.end);
  }
  return null;
}

const SOURCED = { name: 'clear', bare: '', spliced: true, expanded: false, located: false } as const;

/** `. /tmp/x`: a file is read as a script. */
function isSourced(text: string, word: ShellWord): boolean {
  return word.raw === '.' && /^[ \t]+(?:\.{0,2}\/|~\/)[\w.]/.test(text.slice(word.end, word.end + 16));
}

/** Nothing but what ends a command stands behind. */
function isLast(text: string, from: number): boolean {
  const at = skipBlanks(text, from);
  return from > 0 && (at >= text.length || ';|&\n'.includes(text.charAt(at)));
}

/** The word behind one that runs it, only where that names a program that is no word. */
function ledCommand(text: string, from: number, isField: boolean): ShellCommand | null {
  const at = skipBlanks(text, from);
  if (at >= text.length || endsCommand(text, at)) return null;
  const command = commandOf(text, readShellWord(text, at), false, isField);
  if (command === null) return null;
  const isAlone = command.words.length === 0 && isTriedAlone(command.bare);
  return command.name === 'clear' || command.spliced || isAlone ? command : null;
}

/** `$x -c …`, `$((7))z -wrapper …`: whatever it is, it is run with an option. */
function optioned(text: string, word: ShellWord): ShellCommand | null {
  const at = skipBlanks(text, word.end);
  if (!word.expanded || text.charAt(at) !== '-' || at === word.end) return null;
  const rest = readWords(text, word.end);
  if (!/^-[A-Za-z]/.test(rest.words[0]?.raw ?? '')) return null;
  return { ...SOURCED, expanded: true, ...rest };
}

function commandOf(text: string, word: ShellWord, expanded: boolean, isField: boolean): ShellCommand | null {
  // A call in a language of programs.
  if (text.charAt(word.end) === '(' && text.charAt(word.end + 1) !== ')') return null;
  const braced = bracedWords(word);
  const whole = braced?.[0] ?? word.text;
  const bare = nameIn(whole, isField);
  const isPattern = /[?*[]/.test(bare) && /[a-z]/.test(bare);
  const name = isPattern ? (programsLike(bare) ? 'clear' : null) : programNamed(bare);
  const isOptioned = word.expanded && /^\s+-[A-Za-z]/.test(text.slice(word.end, word.end + 4));
  if (name === null && !isOptioned) return null;
  const rest = readWords(text, word.end);
  const isGlued = word.expanded && name !== null;
  const spliced =
    word.spliced || isGlued || (isPattern && /[?[]/.test(bare)) || braced !== null || name === null;
  const located = /^\/(?:usr\/)?(?:local\/)?s?bin\//.test(whole);
  const known = braced === null && name !== null ? name : 'clear';
  return { name: known, bare, spliced, expanded: expanded || word.expanded, located, ...rest };
}

/** `{cat,/etc/passwd}`. */
function bracedWords({ raw }: ShellWord): readonly string[] | null {
  if (!raw.startsWith('{') || !raw.endsWith('}') || !raw.includes(',')) return null;
  return raw.slice(1, -1).split(',');
}

/** The last name of a path that could hold programs; what has another path is none. */
function nameIn(text: string, isField: boolean): string {
  const low = isField ? lowerNames(text) : text;
  const slash = Math.max(low.lastIndexOf('/'), low.lastIndexOf('\\'));
  if (slash < 0) return low;
  return /^(?:\.{0,2}\/|~\/|[a-z]:\\|\\\\)/.test(low) ? low.slice(slash + 1) : '';
}

/** Windows knows no case, and neither do people who write all in capitals. */
function lowerNames(text: string): string {
  const isMixed = /^[A-Z][a-z]/.test(text) && !text.includes('-');
  return isMixed ? text : lowerAscii(text);
}

type Rest = Pick<ShellCommand, 'words' | 'redirected' | 'end'>;

function readWords(text: string, from: number): Rest {
  const words: ShellWord[] = [];
  let redirected = false;
  let at = skipBlanks(text, from);
  while (at < text.length && words.length < WORDS_MAX && !endsCommand(text, at)) {
    const sign = text.charAt(at);
    if (sign === '<' || sign === '>') {
      if (isTag(text, at)) break;
      redirected = true;
      at = skipBlanks(text, at + 1);
      continue;
    }
    const word = readShellWord(text, at);
    words.push(word);
    at = skipBlanks(text, word.end);
  }
  return { words, redirected, end: at };
}

/** Markup, not a file. */
function isTag(text: string, at: number): boolean {
  const tag = text.slice(at, at + 64);
  return /^<(?:[a-z!?][^<]*|\/[a-z][a-z0-9]*\s*)>/i.test(tag) || /^>\s*<|^>$|^>\s*[A-Z]/.test(tag);
}

function endsCommand(text: string, at: number): boolean {
  return ';|&\n\r`)'.includes(text.charAt(at));
}

function skipOpening(text: string, from: number): number {
  let at = from;
  while (at < text.length && (isBlank(text, at) || '({!'.includes(text.charAt(at)))) {
    if (text.charAt(at) === '{' && !isSpace(text.charCodeAt(at + 1))) break;
    at++;
  }
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text, at)) at++;
  return at;
}

function isBlank(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 0x20 || unit === 0x09 || unit === 0x0b || unit === 0x0c || unit === 0xa0;
}
