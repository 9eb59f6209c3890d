import { HISTORY_FUNCTIONS, PAST_KINDS, type Question } from '../history/question.ts';
import { HISTORY_S_MAX, HISTORY_S_MIN } from '../limits.ts';
import type { CallNode, Node } from './node.ts';
import { Refusal } from './refusal.ts';
import { BOOL, INT, type Type } from './type.ts';
import type { Words } from './words.ts';

const FUNCTIONS: ReadonlySet<string> = new Set(HISTORY_FUNCTIONS);
const VERDICTS: ReadonlySet<string> = new Set(['ALLOW', 'BLOCK', 'ESCALATE', 'NEED_EVIDENCE']);
/** Names as they stand in the past: no spaces, nothing that does not print. */
const NAME = /^[\x21-\x7e]{1,128}$/;
const KIND = /^[a-z][a-z_]{0,31}$/;

export function isHistoryCall({ name, receiver }: CallNode): boolean {
  return !receiver && FUNCTIONS.has(name);
}

/** Everything in a question is a literal, so that all questions of a policy are known when it is loaded. */
export function questionOf(
  node: CallNode,
  words: Words,
): { readonly question: Question; readonly type: Type } {
  const [first, second, third] = node.arguments;
  switch (node.name) {
    case 'sum':
    case 'distinct': {
      demandCount(node, 2, 2);
      const what = textOf(first, node);
      const isSum = node.name === 'sum';
      const kind = isSum ? 'unit' : what;
      if (!isSum) demandDistinctKind(what, words, node);
      const name = isSum ? demandName(what, node) : null;
      return { question: { ask: node.name, kind, name, window_s: windowOf(second, node) }, type: INT };
    }
    case 'count':
    case 'formerly':
    case 'since': {
      demandCount(node, node.name === 'count' ? 3 : 2, node.name === 'since' ? 2 : 3);
      const kind = textOf(first, node);
      demandKind(kind, words, node);
      const name = nameOf(kind, second, words, node);
      const window_s = third === undefined ? HISTORY_S_MAX : windowOf(third, node);
      const ask = node.name === 'count' ? 'count' : 'since';
      return { question: { ask, kind, name, window_s }, type: node.name === 'formerly' ? BOOL : INT };
    }
    default:
      throw new Refusal('CEL_FUNCTION_UNKNOWN', node.at, `there is no function \`${node.name}\``);
  }
}

function demandCount(node: CallNode, min: number, max: number): void {
  const { length } = node.arguments;
  if (length >= min && length <= max) return;
  throw new Refusal(
    'CEL_TYPE',
    node.at,
    `\`${node.name}\` takes ${min === max ? min : `${min} or ${max}`} arguments`,
  );
}

function textOf(node: Node | undefined, call: CallNode): string {
  if (node?.kind === 'literal' && typeof node.value === 'string') return node.value;
  throw new Refusal('CEL_HISTORY', node?.at ?? call.at, 'what is asked of the past is a text literal');
}

function windowOf(node: Node | undefined, call: CallNode): number {
  const value = node?.kind === 'literal' && node.type === 'int' ? node.value : undefined;
  if (typeof value === 'number' && value >= HISTORY_S_MIN && value <= HISTORY_S_MAX) return value;
  const message = `the window is a literal of ${HISTORY_S_MIN} to ${HISTORY_S_MAX} seconds`;
  throw new Refusal('CEL_HISTORY', node?.at ?? call.at, message);
}

const KINDS: ReadonlySet<string> = new Set(PAST_KINDS);

function demandKind(kind: string, { remembered }: Words, node: CallNode): void {
  if (KINDS.has(kind) || (KIND.test(kind) && kind !== 'unit' && remembered?.has(kind) !== false)) return;
  const known = [...PAST_KINDS, ...(remembered ?? [])].join(', ');
  throw new Refusal('CEL_HISTORY', node.at, `the past is asked by ${known}`);
}

/** Verdicts, effects and codes are few and known: how many different ones there were says nothing. */
function demandDistinctKind(kind: string, words: Words, node: CallNode): void {
  demandKind(kind, words, node);
  if (kind === 'tool' || !KINDS.has(kind)) return;
  throw new Refusal('CEL_HISTORY', node.at, 'different tools are counted, and different resources of a kind');
}

function nameOf(kind: string, node: Node | undefined, words: Words, call: CallNode): string | null {
  // The action's own tool, whichever it is.
  if ((kind === 'tool' || kind === 'done') && node?.kind === 'name' && node.name === 'tool') return null;
  const name = demandName(textOf(node, call), call);
  const known = { verdict: VERDICTS, effect: words.effects, code: words.codes }[kind];
  if (known?.has(name) === false)
    throw new Refusal('CEL_HISTORY', node?.at ?? call.at, `there is no ${kind} of this name`);
  return name;
}

function demandName(name: string, { at }: CallNode): string {
  if (NAME.test(name) && name !== '@') return name;
  throw new Refusal('CEL_HISTORY', at, 'a name of the past has 1 to 128 printable characters and no space');
}
