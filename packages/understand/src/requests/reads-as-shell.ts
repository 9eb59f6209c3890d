import { isAlphanumeric, isLetter, lowerAscii } from '../detection/characters.ts';
import { isTriedAlone, mayBeNamed } from './program-names.ts';
import { readShellCommand, type ShellCommand } from './shell-command.ts';
import { namesSystem, readsOn, weighWords } from './shell-evidence.ts';

/**
 * Where a value stands: a `field` is a parameter, a header or a name, which a careless program hands to a
 * shell; a `document` is text that people or programs wrote and that holds whole sentences and code.
 */
export type Manner = 'field' | 'document';

type Kind = 'start' | 'separated' | 'substituted' | 'called';

/** With so many plain words around it, a text is a sentence. */
const PROSE_WORDS_MIN = 4;
const FIELD_UNITS_MAX = 64;
/** The longest name, and the blanks before one. */
const DOT_UNITS_MAX = 16;
const PLAIN_UNITS_MAX = 64;
/** Names, and as many words as decide. */
const COMMAND_UNITS_MAX = 256;
/** Of SQLite, which a shell of it runs at the beginning of a line. */
const DOT_NAMES: ReadonlySet<string> = new Set(
  `backup clone databases dump excel import load log once open output read restore save schema sh shell system
  tables`.split(/\s+/),
);
const CALL = /(?:^|[^A-Za-z0-9_$])([A-Za-z_]{4,16})\s?\(\s?["'`]/g;
/** Functions of many languages that hand their text to a shell. */
const CALLS: ReadonlySet<string> = new Set(
  `Popen call check_output eval exec execFile execSync passthru pcntl_exec popen proc_open run
  shell_exec spawn spawnSync system`.split(/\s+/),
);
const DIRECTIVE = /<!--\s{0,8}#\s{0,8}(?:exec|include|config|printenv|echo|set)\b/;
const SOCKET = /\/dev\/(?:tcp|udp)\/[^/\s]{1,255}\/[0-9]{1,5}/;
const FIELD_SEPARATOR = /\$(?:IFS\b|\{IFS)/;
const WHOLE_EXPANSION = /^\s*\$(?:\{[A-Za-z_][^{}\s]{0,64}(?:\{\}){0,2}\}|\(\(.{0,64}\)\)|\[.{0,64}\])\s*$/;
const REDIRECTION = /^\s*[<>]{1,2}\s?\/[a-z]{2,16}\//;
/** Of Windows. */
const LOOP = /(?:^|[^A-Za-z])for\s(?:\/[a-z]\s)?\s?%%?[a-z]\sin\s?\(/i;
const CONDITION = /^[\s;&|]{0,8}if\s(?:\/i\s)?(?:not\s)?(?:exist|defined|errorlevel|cmdextversion)\s\S/i;
const FUNCTION_FIRST = /^\s*["']?\(\s?\)\s?\{/;
const FUNCTION_SHOCK = /\(\s?\)\s?\{\s?[:_][^}]{0,64}\}\s?;/;
const FUNCTION = /([A-Za-z_.:][A-Za-z0-9_.:]{0,31})\s?\(\s?\)\s?\{([^}]{0,256})/g;
const PATTERN_PATH = /(?:^|[\s=;|&"'])\/(?:[a-z?*[\]-]{1,12}\/)+[\w.]*(?:\[[^\]\s]{1,16}\]|\?)[\w?*[\]-]*/;

/** Whether a value that should be data is a piece of shell that runs something. */
export function readsAsShell(text: string, manner: Manner): boolean {
  const read = manner === 'document' ? withoutQuotedCode(text) : text;
  const isProse = countsWords(read) >= PROSE_WORDS_MIN;
  if (SOCKET.test(read) || DIRECTIVE.test(read) || FUNCTION_SHOCK.test(read) || forksItself(read))
    return true;
  if (hasDotCommand(read) || (!isProse && FIELD_SEPARATOR.test(read))) return true;
  if (manner === 'field' && namesByExpansion(read)) return true;
  return runsSomething(manner === 'field' ? withoutSpans(read, isProse) : read, manner, isProse);
}

function namesByExpansion(text: string): boolean {
  if (REDIRECTION.test(text) || LOOP.test(text) || CONDITION.test(text)) return true;
  return WHOLE_EXPANSION.test(text) || FUNCTION_FIRST.test(text) || PATTERN_PATH.test(text);
}

function hasDotCommand(text: string): boolean {
  for (let at = text.indexOf('.'); at >= 0; at = text.indexOf('.', at + 1)) {
    const start = text.charAt(at + 1) === ' ' ? at + 2 : at + 1;
    let end = start;
    while (end - start <= DOT_UNITS_MAX && isLetter(text.charCodeAt(end))) end++;
    if (DOT_NAMES.has(text.slice(start, end)) && beginsLine(text, at)) return true;
  }
  return false;
}

/** Behind a semicolon or the end of a line, also as it is written in code, with a few blanks between. */
function beginsLine(text: string, at: number): boolean {
  const before = text
    .slice(Math.max(0, at - DOT_UNITS_MAX), at)
    .replaceAll('\\n', '\n')
    .replaceAll('\\r', '\n');
  const trimmed = before.trimEnd();
  return trimmed.endsWith(';') || before.slice(trimmed.length).includes('\n');
}

/** `f(){ f | f & }; f`. */
function forksItself(text: string): boolean {
  for (const [, name = '', body = ''] of text.matchAll(FUNCTION)) {
    if (body.replaceAll(/[\s()]/g, '').includes(`${name}|${name}`)) return true;
  }
  return false;
}

function runsSomething(text: string, manner: Manner, isProse: boolean): boolean {
  if (isRun(text, 0, 'start', manner, isProse)) return true;
  for (let at = 0; at < text.length; at++) {
    const kind = openingAt(text, at);
    if (kind !== null && isRun(text, at + lengthOf(text, at, kind), kind, manner, isProse)) return true;
  }
  for (const call of text.matchAll(CALL)) {
    if (!CALLS.has(call[1] ?? '')) continue;
    if (isRun(text, (call.index ?? 0) + call[0].length, 'called', manner, isProse)) return true;
  }
  return false;
}

function openingAt(text: string, at: number): Kind | null {
  const sign = text.charAt(at);
  const next = text.charAt(at + 1);
  if (';|&\n\r'.includes(sign)) return 'separated';
  if (sign === '`' && next !== '`') return 'substituted';
  if ((sign === '$' || sign === '<' || sign === '>') && next === '(' && !'()'.includes(text.charAt(at + 2))) {
    return 'substituted';
  }
  return null;
}

function lengthOf(text: string, at: number, kind: Kind): number {
  if (kind === 'substituted') return text.charAt(at) === '`' ? 1 : 2;
  // `\n` as two signs, as a careless program writes it.
  let length = 1;
  while (text.charAt(at + length) === '\\' && 'nrt'.includes(text.charAt(at + length + 1))) length += 2;
  return length;
}

function isRun(text: string, at: number, kind: Kind, manner: Manner, isProse: boolean): boolean {
  if (isNoCommand(text, at)) return false;
  const command = readShellCommand(
    text.slice(at, at + COMMAND_UNITS_MAX),
    kind !== 'start',
    manner === 'field',
  );
  if (command === null) return false;
  const weight = weighWords(command.words, command.redirected, command.bare);
  switch (kind) {
    case 'start':
      return runsAtStart(command, weight, text, manner);
    case 'separated':
      return runsBehind(command, weight, {
        isProse,
        isShort: isShort(text, manner),
        isLine: isLine(text, at),
      });
    case 'substituted':
    case 'called':
      return runsInside(command, weight, isProse);
    default:
      return kind satisfies never;
  }
}

function runsInside(command: ShellCommand, weight: number, isProse: boolean): boolean {
  const { name, words, spliced } = command;
  if (spliced || weight > 0) return true;
  if (words.length === 0) return isAlone(command);
  return (name === 'clear' || !isProse) && !readsOn(words[0]);
}

/** The whole value: a sentence may begin with the name of a program too. */
function runsAtStart(command: ShellCommand, weight: number, text: string, manner: Manner): boolean {
  const { name, words, spliced } = command;
  if (manner === 'document') return weight === 2 && namesSystem(text) && !readsOn(words[0]);
  if (spliced && (words.length > 0 || isAlone(command))) return true;
  if (readsOn(words[0])) return false;
  if (words.length === 0 && command.located) return true;
  return name === 'clear' ? weight > 0 : weight === 2;
}

type Around = { readonly isProse: boolean; readonly isShort: boolean; readonly isLine: boolean };

function runsBehind(command: ShellCommand, weight: number, around: Around): boolean {
  const { name, words, spliced } = command;
  const { isProse, isShort: short, isLine: line } = around;
  if (spliced) return true;
  if (words.length === 0 && !command.redirected) return isAlone(command) && !isProse && short;
  if (readsOn(words[0]) && weight < 2) return false;
  // A line of a text may begin with any word.
  const isAny = line && name === 'word' && (isProse || !short);
  if (weight === 2) return !isAny || words.some(({ raw }) => namesSystem(raw));
  if (weight === 1) return !isProse || name === 'clear';
  return name === 'clear' && !isProse && short;
}

/** Most of what stands behind a separator is a plain word that names nothing. */
function isNoCommand(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) === 0x20) at++;
  const first = at;
  while (at - first < PLAIN_UNITS_MAX && isPlain(text.charCodeAt(at))) at++;
  // Anything else is read as a shell reads it.
  const ends = at === text.length || ' ;,|&\n\r)'.includes(text.charAt(at));
  return ends && !mayBeNamed(lowerAscii(text.slice(first, at)));
}

function isPlain(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x5f;
}

/** What is long, or has lines, is no value of one parameter. */
function isShort(text: string, manner: Manner): boolean {
  return manner === 'field' || (text.length <= FIELD_UNITS_MAX && !text.trim().includes('\n'));
}

function isAlone({ name, bare, expanded }: ShellCommand): boolean {
  return isTriedAlone(bare) || (name === 'clear' && bare.length > 0) || expanded;
}

function isLine(text: string, at: number): boolean {
  const sign = text.charAt(at - 1);
  return sign === '\n' || sign === '\r';
}

/** Words of letters only, as sentences have; a few are enough to know. */
function countsWords(text: string): number {
  let count = 0;
  let isWordSoFar = true;
  let start = 0;
  for (let at = 0; at <= text.length && count < PROSE_WORDS_MIN * 2; at++) {
    const unit = text.charCodeAt(at);
    if (isLetter(unit) || unit > 0xa0) continue;
    const isEnd = at === text.length || unit === 0x20 || unit === 0x0a || unit === 0x2c || unit === 0x2e;
    if (isEnd && isWordSoFar && at - start > 1) count++;
    isWordSoFar = isEnd;
    start = at + 1;
  }
  return count;
}

/** Fenced blocks and spans of Markdown are shown, not run; rows of tables have bars of their own. */
function withoutQuotedCode(text: string): string {
  const outside = text
    .split('```')
    .filter((_, at) => at % 2 === 0)
    .join(' ');
  const lines = outside.split('\n').filter((line) => !isTableRow(line));
  return withoutSpans(lines.join('\n'), true);
}

function isTableRow(line: string): boolean {
  const row = line.trim();
  return row.startsWith('|') && row.endsWith('|') && row.length > 1;
}

/** In a sentence, what stands in single backticks between blanks and signs of punctuation. */
function withoutSpans(text: string, isProse: boolean): string {
  if (!isProse || !text.includes('`')) return text;
  const parts = text.split('`');
  if (countsWords(parts.filter((_, at) => at % 2 === 0).join(' ')) === 0) return text;
  const kept = [parts[0] ?? ''];
  let before = lastUnit(kept[0] ?? '', Number.NaN);
  for (let at = 1; at < parts.length; at++) {
    const part = parts[at] ?? '';
    const behind = parts[at + 1] ?? '';
    const isSpan = at + 1 < parts.length && isOutside(before) && isOutside(behind.charCodeAt(0));
    if (isSpan) at += 1;
    kept.push(isSpan ? ` ${behind}` : `\`${part}`);
    before = isSpan ? lastUnit(behind, 0x20) : lastUnit(part, 0x60);
  }
  return kept.join('');
}

function lastUnit(text: string, otherwise: number): number {
  return text === '' ? otherwise : text.charCodeAt(text.length - 1);
}

function isOutside(unit: number): boolean {
  return Number.isNaN(unit) || !(isAlphanumeric(unit) || unit === 0x3b || unit === 0x3d || unit === 0x60);
}
