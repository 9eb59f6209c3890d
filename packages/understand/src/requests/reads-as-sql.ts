import type { Manner } from './reads-as-shell.ts';
import { CALLED, COMPARING, JOINING, STATEMENTS, WAITING } from './sql-names.ts';
import { readSqlTokens, type SqlToken } from './sql-words.ts';

const SELECTING: ReadonlySet<string> = new Set(['union', 'waitfor', 'from', 'select']);
const SHORT_TOKENS_MAX = 8;

/** Whether a value that should be data changes the structure of a statement into which it is put. */
export function readsAsSql(text: string, manner: Manner): boolean {
  if (!/['"`\u2018\u2019();=<>|&-]|union|select|from|sleep|or|and/i.test(text)) return false;
  const tokens = readSqlTokens(text);
  // A short string of a structure is a field too.
  const short = tokens.length <= SHORT_TOKENS_MAX ? 'field' : manner;
  return tokens.some((_, at) => breaksAt(tokens, at, short));
}

function breaksAt(tokens: readonly SqlToken[], at: number, manner: Manner): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (token.kind === 'word') {
    return (
      selects(tokens, at, manner) || waits(tokens, at) || (manner === 'field' && joinsNumbers(tokens, at))
    );
  }
  if (token.kind === 'quote') return isBreak(tokens, at) && continues(tokens, at + 1, manner);
  if (token.text === ')') return manner === 'field' && at > 0 && continues(tokens, at + 1, manner);
  return token.text === ';' && states(tokens, at + 1, manner);
}

/** `union select`, `(select`, `select … from`, and `select` with what only SQL has behind it. */
function selects(tokens: readonly SqlToken[], at: number, manner: Manner): boolean {
  const word = tokens[at]?.text ?? '';
  if (!SELECTING.has(word)) return false;
  const next = tokens[at + 1]?.text ?? '';
  const third = tokens[at + 2]?.text ?? '';
  if (word === 'union') return isUnion(tokens, at, manner);
  if (word === 'waitfor') return next === 'delay' || next === 'time';
  if (word === 'from') return next === 'information_schema' || (next === '(' && third === 'select');
  if (word !== 'select') return false;
  if (tokens[at - 1]?.text === '(') return true;
  if (next === '*' || next === '(' || next === 'null' || next === '@@version') return true;
  const isCall = third === '(' && CALLED.has(next);
  const isList = third === ',' && hasWithin(tokens, at, 64, 'from');
  return isCall || isList;
}

/** In a sentence, a word of no list stands behind. */
function isUnion(tokens: readonly SqlToken[], at: number, manner: Manner): boolean {
  const isWhole = ['all', 'distinct', '('].includes(tokens[at + 1]?.text ?? '');
  const select = at + (isWhole ? 2 : 1);
  if (tokens[select]?.text !== 'select') return false;
  const [first, second] = [tokens[select + 1], tokens[select + 2]];
  if (manner === 'field' || isWhole || first === undefined || first.kind !== 'word') return true;
  return first.text === 'null' || [',', 'from', '('].includes(second?.text ?? '');
}

function hasWithin(tokens: readonly SqlToken[], from: number, count: number, text: string): boolean {
  for (let at = from; at < from + count && at < tokens.length; at++)
    if (tokens[at]?.text === text) return true;
  return false;
}

function waits(tokens: readonly SqlToken[], at: number): boolean {
  const name = tokens[at]?.text ?? '';
  if (name === 'information_schema' || name === 'xp_cmdshell') return true;
  return WAITING.has(name) && tokens[at + 1]?.text === '(' && tokens[at + 1]?.glued === true;
}

/** `1 or 1=1`: behind a number or a closing bracket, a comparison that says nothing. */
function joinsNumbers(tokens: readonly SqlToken[], at: number): boolean {
  const word = tokens[at]?.text ?? '';
  if (!(word === 'or' || word === 'and' || word === 'xor' || word === 'having')) return false;
  const [left, sign] = [tokens[at + 1], tokens[at + 2]];
  if (left === undefined) return false;
  const isNumber =
    left.kind === 'number' && sign !== undefined && ['=', '<', '>', '<>', '!=', '-'].includes(sign.text);
  const isTrue = left.text === 'true' && tokens[at - 1]?.kind === 'number';
  const isCall = CALLED.has(left.text) && sign?.text === '(' && sign.glued;
  return isNumber || isTrue || isCall;
}

/** A quote that ends a text, not the sign of an omission in a word. */
function isBreak(tokens: readonly SqlToken[], at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  const sign = tokens[at]?.text ?? '';
  if (sign === '`') return false;
  // What closes a text that the value itself opened breaks out of nothing.
  if (tokens[at]?.closes === true) return false;
  const isInside =
    before?.kind === 'word' && tokens[at]?.glued === true && after?.kind === 'word' && after.glued;
  return !isInside || JOINING.has(after.text);
}

/** Behind a text that was ended: brackets, then what joins, states, or cuts off the rest. */
function continues(tokens: readonly SqlToken[], from: number, manner: Manner): boolean {
  let at = from;
  while (tokens[at]?.text === ')') at++;
  const token = tokens[at];
  if (token === undefined) return false;
  if (token.kind === 'comment')
    return manner === 'field' && (token.glued || tokens[from - 1]?.kind === 'quote') && token.text !== '##';
  if (token.text === ';') return states(tokens, at + 1, manner, tokens[from - 1]?.kind === 'quote');
  if (JOINING.has(token.text))
    return compares(tokens, at + 1, token.text, tokens[from - 1]?.kind === 'quote');
  if (ordersBy(tokens, at)) return true;
  if (manner === 'document') return false;
  if (COMPARING.has(token.text) && token.kind === 'sign') return endsInComment(tokens, at);
  if (token.kind === 'word' && CALLED.has(token.text))
    return tokens[at + 1]?.text === '(' && tokens[at + 1]?.glued === true;
  return token.text === '(' && tokens[at + 1]?.text === 'function';
}

/** `order by 10--`. */
function ordersBy(tokens: readonly SqlToken[], at: number): boolean {
  const isOrder = ['order', 'group'].includes(tokens[at]?.text ?? '') && tokens[at + 1]?.text === 'by';
  return isOrder && tokens[at + 2]?.kind === 'number';
}

function compares(tokens: readonly SqlToken[], from: number, joining: string, isQuoted: boolean): boolean {
  let at = from;
  while (['not', '(', '!', '~', '-'].includes(tokens[at]?.text ?? '')) at++;
  const [left, sign] = [tokens[at], tokens[at + 1]];
  if (left === undefined) return false;
  const isWeak =
    joining === 'in' || joining === 'is' || joining === 'not' || joining === 'like' || joining === 'between';
  if (left.kind === 'quote')
    return isQuoted && (tokens[from - 1]?.glued === true || isComparedText(tokens, at));
  if (left.kind === 'number')
    return sign === undefined ? !isWeak : COMPARING.has(sign.text) || sign.kind === 'comment';
  if (sign?.text === '(' && (CALLED.has(left.text) || left.text === 'select')) return true;
  if (left.text === 'select' || left.text === 'true' || left.text === 'false' || left.text === 'null')
    return true;
  if (isWeak) return endsInComment(tokens, at);
  return (
    (sign !== undefined && COMPARING.has(sign.text) && (sign.kind === 'sign' || endsInComment(tokens, at))) ||
    endsInComment(tokens, at)
  );
}

/** `or 'a'='a`, `or 'x' <`. */
function isComparedText(tokens: readonly SqlToken[], at: number): boolean {
  const rest = tokens.slice(at + 1, at + 8);
  const close = rest.findIndex(({ kind }) => kind === 'quote');
  const sign = rest[close + 1];
  return (
    close >= 0 &&
    sign !== undefined &&
    (sign.kind === 'sign' || COMPARING.has(sign.text)) &&
    ![',', '.', ';', ')', '?', '!', ':'].includes(sign.text)
  );
}

function endsInComment(tokens: readonly SqlToken[], from: number): boolean {
  return tokens
    .slice(from, from + 24)
    .some(({ kind, text, glued }) => kind === 'comment' && (text !== '#' || !glued));
}

/** A statement behind a semicolon, with what only a statement has. */
function states(tokens: readonly SqlToken[], at: number, manner: Manner, isQuoted = false): boolean {
  const verb = tokens[at];
  const next = tokens[at + 1];
  if (verb === undefined || !STATEMENTS.has(verb.text)) return verb?.kind === 'comment' && manner === 'field';
  if (next === undefined) return manner === 'field' || verb.text === 'select';
  const objects = [
    'into',
    'table',
    'database',
    'from',
    'schema',
    'view',
    'user',
    'index',
    'procedure',
    'function',
    'delay',
    'role',
    'all',
  ];
  if (objects.includes(next.text) || next.text.startsWith('@')) return true;
  if (verb.text === 'select')
    return (
      isQuoted ||
      ['*', '(', '@'].includes(next.text) ||
      next.kind === 'number' ||
      hasWithin(tokens, at, 32, 'from')
    );
  if (['exec', 'execute', 'call', 'declare'].includes(verb.text))
    return next.kind === 'word' || next.text.startsWith('@');
  if (verb.text === 'update') return hasWithin(tokens, at, 8, 'set');
  return next.kind === 'comment' || (next.kind === 'quote' && next.glued) || tokens[at + 2]?.text === '(';
}
