import type { Effect } from '@writ/contract';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { type Call, callOf } from './calls.ts';
import { hasNamedMembers, hasOwnVariables, type Language, languageOf } from './languages.ts';
import { type CodeToken, tokeniseCode } from './tokenise-code.ts';

export type AroundCode = {
  /** All that the tool may do. */
  readonly whole: Meaning;
  /** What it means that this is done with a file, or a URL, of that name. */
  readonly use: (name: string, use: 'lose' | 'tree' | 'write' | 'read' | 'alter' | 'url') => Meaning;
  /** Runs a text of a shell, or a program with its words. */
  readonly run: (use: 'shell' | 'command', words: readonly (string | null)[]) => void;
};

/**
 * What code of another language does, as far as its own words show it. Only code of nothing but known
 * harmless words is known to do no more.
 */
export function understandCode(executable: string, code: string, around: AroundCode): Meaning {
  const language = languageOf(executable);
  const tokens = language === null ? null : tokeniseCode(code, language.quoting);
  const unknown = joinMeanings([around.whole, { ...foundAt('opaque', ''), effects: ['EXECUTE_CODE'] }]);
  // A line may say that all others are written in another way.
  if (language === null || tokens === null || /coding[:=]/.test(code)) return unknown;
  if (isHarmless(tokens, language)) {
    const read = tokens.flatMap((_token, at) => dataAt(tokens, at, language) ?? []);
    return joinMeanings([
      { ...NOTHING, effects: imports(tokens) },
      ...read.map((name) => around.use(name, 'read')),
      read.length === 0 ? NOTHING : MAY_RUN,
    ]);
  }
  const done = findCalls(tokens, language).map((call) => meaningOf(call, around));
  return joinMeanings([...done, leaks(joinMeanings(done)), reaches(tokens), unknown]);
}

/** Where there is no file of that name, one of the workspace that is code may be taken for it. */
const MAY_RUN: Meaning = { ...NOTHING, effects: ['RUN_WORKSPACE_CODE'], reversibility: 'reversible' };

/** `require('./package.json')`: a file below that is parsed as data; null for anything else. */
function dataAt(tokens: readonly CodeToken[], at: number, language: Language): string | null {
  const [name, open, file, close] = tokens.slice(at, at + 4);
  const calls = name?.text === 'require' && open?.text === '(' && close?.text === ')';
  if (!hasNamedMembers(language) || !calls || name.kind !== 'name' || tokens[at - 1]?.text === '.')
    return null;
  const isData = file?.kind === 'text' && file.plain && /^\.\/(?!.*\.\.)[\w@./-]+\.json$/.test(file.text);
  return isData ? file.text : null;
}

/** What is imported may lie beside the program: it is code of the workspace. */
function imports(tokens: readonly CodeToken[]): readonly Effect[] {
  const own = tokens.some(({ kind, text }) => kind === 'name' && (text === 'import' || text === 'from'));
  return own ? ['COMPUTE', 'RUN_WORKSPACE_CODE'] : ['COMPUTE'];
}

function isHarmless(tokens: readonly CodeToken[], language: Language): boolean {
  return tokens.every((token, at) => {
    const { kind, text } = token;
    switch (kind) {
      case 'text':
        return token.plain && !text.startsWith('/inet');
      case 'number':
        return true;
      case 'sign':
        return language.signs.test(text) && isHarmlessSign(tokens, at, language);
      case 'name':
        if (dataAt(tokens, at, language) !== null) return true;
        return language.harmless.has(text) || (hasOwnVariables(language) && isVariable(tokens, at));
      default:
        return kind satisfies never;
    }
  });
}

const REACHING = /^(?:getline|system|close|fflush|ENVIRON|PROCINFO|SYMTAB|FUNCTAB|ARGV|@.*)$/;

function isVariable(tokens: readonly CodeToken[], at: number): boolean {
  const text = tokens[at]?.text ?? '';
  return tokens[at + 1]?.text !== '(' && !REACHING.test(text);
}

/** Of awk: a pipe runs something, and what stands behind a print writes a file. */
function isHarmlessSign(tokens: readonly CodeToken[], at: number, language: Language): boolean {
  const sign = tokens[at]?.text;
  const next = tokens[at + 1];
  if (hasNamedMembers(language) && sign === '[') {
    const before = tokens[at - 1];
    const isMember =
      before !== undefined && (before.kind !== 'sign' || before.text === ')' || before.text === ']');
    return !isMember || next?.kind === 'number';
  }
  if (!hasOwnVariables(language)) return true;
  if (sign === '|') return next?.text === '|' || tokens[at - 1]?.text === '|';
  if (sign !== '>') return true;
  const begin = tokens.slice(0, at).findLastIndex(({ text }) => /^(?:printf?|[;{}\n])$/.test(text));
  return !/^printf?$/.test(tokens[begin]?.text ?? '');
}

function findCalls(tokens: readonly CodeToken[], { bare }: Language): readonly Call[] {
  const calls: Call[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    const opens = tokens[at + 1]?.text === '(';
    if (!opens && !bare) continue;
    const inside = opens ? within(tokens, at + 2) : statement(tokens, at + 1);
    const before = tokens.slice(Math.max(0, at - 6), at).map(({ text }) => text);
    const call = callOf(token.text, before, inside);
    if (call !== null) calls.push(call);
  }
  for (const token of tokens)
    if (token.text === '`') calls.push({ does: 'shell', texts: [null], effects: [] });
  return calls;
}

/** Up to the bracket that closes. */
function within(tokens: readonly CodeToken[], from: number): readonly CodeToken[] {
  let depth = 1;
  for (let at = from; at < tokens.length && at < from + INSIDE_MAX; at++) {
    const { kind, text } = tokens[at] ?? { kind: 'sign', text: ')' };
    if (kind !== 'sign') continue;
    if (text === '(') depth += 1;
    else if (text === ')') depth -= 1;
    if (depth === 0) return tokens.slice(from, at);
  }
  return tokens.slice(from, from + INSIDE_MAX);
}

/** A call with more in its brackets is read no further. */
const INSIDE_MAX = 64;

function statement(tokens: readonly CodeToken[], from: number): readonly CodeToken[] {
  const end = tokens.findIndex(({ kind, text }, at) => at >= from && kind === 'sign' && /[;\n})]/.test(text));
  return tokens.slice(from, Math.min(end < 0 ? tokens.length : end, from + INSIDE_MAX));
}

function meaningOf({ does, effects, texts }: Call, { run, use }: AroundCode): Meaning {
  const [first = null] = texts;
  const own: Meaning = { ...NOTHING, effects };
  switch (does) {
    case 'shell':
    case 'command':
      run(does, does === 'shell' ? [first] : texts);
      return own;
    case 'evaluate':
      return own;
    case 'lose':
    case 'tree':
    case 'write':
    case 'alter':
    case 'read':
      return first === null
        ? joinMeanings([own, { ...NOTHING, effects: EFFECTS[does] }])
        : joinMeanings([own, use(first, does)]);
    case 'url':
      return first === null || !/^https?:/i.test(first) ? own : joinMeanings([own, use(first, 'url')]);
    default:
      return does satisfies never;
  }
}

const EFFECTS: Readonly<Record<'lose' | 'tree' | 'write' | 'alter' | 'read', readonly Effect[]>> = {
  lose: ['DELETE'],
  tree: ['DELETE'],
  write: ['WRITE_PATCH'],
  alter: ['WRITE_PATCH'],
  read: ['READ_REPO'],
};

function leaks({ effects }: Meaning): Meaning {
  return effects.includes('READ_SECRETS') && effects.includes('UPLOAD')
    ? foundAt('secret_leaves', '')
    : NOTHING;
}

/** A connection, and a shell that is tied to it. */
function reaches(tokens: readonly CodeToken[]): Meaning {
  const names = new Set(tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text));
  const texts = tokens.filter(({ kind }) => kind === 'text').map(({ text }) => text);
  const has = (...all: readonly string[]): boolean =>
    all.some((one) => names.has(one) || texts.includes(one));
  const connects = has(
    'socket',
    'Socket',
    'TCPSocket',
    'fsockopen',
    'net',
    'IO::Socket',
    'create_connection',
    'INET',
  );
  const ties = has(
    'dup2',
    'pty',
    'pipe',
    'fdopen',
    'STDIN',
    'proc_open',
    'spawn',
    'exec',
    'popen',
    'call',
    'system',
  );
  const shells = texts.some((text) => /(?:^|[/\s])(?:ba|da|z|k)?sh(?:$|\s)|cmd\.exe/.test(text));
  const parts: Meaning[] = [];
  if (connects) parts.push({ ...NOTHING, effects: ['NETWORK_CALL'] });
  if (connects && ties && shells) parts.push(foundAt('reverse_shell', ''));
  if (has('environ', 'getenv', 'ENV', 'ENVIRON'))
    parts.push({ ...NOTHING, effects: ['READ_CONFIG', 'READ_SECRETS'] });
  return joinMeanings(parts);
}
