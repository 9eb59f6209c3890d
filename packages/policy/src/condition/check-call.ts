import { PATTERN_LENGTH_MAX } from '../limits.ts';
import { isHistoryCall, questionOf } from './check-history.ts';
import { demand } from './demand.ts';
import type { CallNode, Node } from './node.ts';
import { compilePattern } from './pattern.ts';
import { Refusal } from './refusal.ts';
import { BOOL, INT, nameOf, STRING, type Type } from './type.ts';
import type { Words } from './words.ts';

/** Time is `now_ms`, an integer: dates, zones and durations are left to the author's arithmetic. */
const TIME: ReadonlySet<string> = new Set([
  'timestamp',
  'duration',
  'now',
  'getDate',
  'getDayOfMonth',
  'getDayOfWeek',
  'getDayOfYear',
  'getFullYear',
  'getHours',
  'getMilliseconds',
  'getMinutes',
  'getMonth',
  'getSeconds',
]);

type Check = (node: Node) => Type;

/** Types are checked where they are known; a dyn argument is looked at when it runs. */
export function checkCall(node: CallNode, words: Words, check: Check): Type {
  if (isHistoryCall(node)) return questionOf(node, words).type;
  switch (node.name) {
    case 'size': {
      const type = check(only(node));
      if (['string', 'list', 'map', 'dyn'].includes(type.kind)) return INT;
      throw new Refusal('CEL_TYPE', node.at, `a ${nameOf(type)} has no size`);
    }
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      demandReceiver(node);
      demandTexts(node, 2, check);
      return BOOL;
    case 'lowerAscii':
      demandReceiver(node);
      demandTexts(node, 1, check);
      return STRING;
    case 'matches':
      demandTexts(node, 2, check);
      demandPattern(node);
      return BOOL;
    default:
      if (TIME.has(node.name)) {
        throw new Refusal('CEL_TIME', node.at, `\`${node.name}\` is not offered: compare now_ms, an integer`);
      }
      throw new Refusal('CEL_FUNCTION_UNKNOWN', node.at, `there is no function \`${node.name}\``);
  }
}

function only(node: CallNode): Node {
  const [first] = node.arguments;
  if (first === undefined || node.arguments.length !== 1) throw countRefusal(node, 1);
  return first;
}

function demandReceiver(node: CallNode): void {
  if (node.receiver) return;
  throw new Refusal('CEL_FUNCTION_UNKNOWN', node.at, `write it as a method, as in \`x.${node.name}(…)\``);
}

function demandTexts(node: CallNode, count: number, check: Check): void {
  if (node.arguments.length !== count) throw countRefusal(node, count);
  for (const argument of node.arguments) demand(check(argument), 'string', argument.at, true);
}

function countRefusal(node: CallNode, count: number): Refusal {
  const written = node.receiver ? count - 1 : count;
  return new Refusal('CEL_TYPE', node.at, `\`${node.name}\` takes ${written} argument(s) here`);
}

/** The pattern is known at load: it is compiled there, once, and can never come from an action. */
function demandPattern(node: CallNode): void {
  const pattern = node.arguments[1];
  if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string') {
    throw new Refusal('CEL_PATTERN', node.at, 'the pattern of matches() is a text literal');
  }
  if (pattern.value.length > PATTERN_LENGTH_MAX) {
    throw new Refusal('CEL_PATTERN', pattern.at, `a pattern has at most ${PATTERN_LENGTH_MAX} characters`);
  }
  if (compilePattern(pattern.value) === undefined) {
    throw new Refusal('CEL_PATTERN', pattern.at, 'not an RE2 pattern, or too large when unrolled');
  }
}
