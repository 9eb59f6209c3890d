import type { PastAction } from '../history/past-action.ts';
import { HISTORY_S_MAX, PAST_MAX } from '../limits.ts';
import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import { PAST_DEFAULTS } from './defaults.ts';
import type { Vocabulary } from './policy.ts';
import { readEffects, readResources } from './read-meaning.ts';
import { readChoice, readInteger, readList, readMembers, readText, required } from './read-value.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'ago_s',
  'times',
  'tool',
  'verdict',
  'code',
  'effects',
  'resources',
  'done',
  'spent',
]);

/** What an example says of the past. */
export function readPast(
  node: Located,
  vocabulary: Vocabulary,
  problems: Problems,
): readonly PastAction[] | undefined {
  return readList(node, problems, PAST_MAX)?.flatMap(
    (item) => readPastAction(item, vocabulary, problems) ?? [],
  );
}

function readPastAction(node: Located, vocabulary: Vocabulary, problems: Problems): PastAction | undefined {
  const members = readMembers(node, MEMBERS, problems);
  if (members === undefined) return undefined;
  const read = <Value>(name: string, by: (value: Located) => Value | undefined, otherwise: Value): Value => {
    const member = members.get(name);
    return (member === undefined ? undefined : by(member.value)) ?? otherwise;
  };
  const text = (value: Located) => readText(value, problems);
  const agoNode = required(members, 'ago_s', problems);
  const tool = read('tool', text, undefined);
  const code = read('code', text, undefined);
  const { verdict, effects, resources, done, spent, times } = PAST_DEFAULTS;
  return {
    ago_s: (agoNode && readInteger(agoNode, 0, HISTORY_S_MAX, problems)) ?? 0,
    times: read('times', (value) => readInteger(value, 1, 1_000_000, problems), times),
    ...(tool === undefined ? {} : { tool }),
    verdict: read('verdict', (value) => readChoice(value, VERDICTS, problems), verdict),
    ...(code === undefined ? {} : { code }),
    effects: read('effects', (value) => readEffects(value, vocabulary, problems), effects),
    resources: read('resources', (value) => readResources(value, problems), resources),
    done: read('done', (value) => readBoolean(value, problems), done),
    spent: read('spent', (value) => readAmounts(value, problems), spent),
  };
}

const VERDICTS = ['ALLOW', 'BLOCK', 'ESCALATE', 'NEED_EVIDENCE'] as const;

function readBoolean(node: Located, problems: Problems): boolean | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  problems.add('TYPE_WRONG', node.at, 'expected true or false');
  return undefined;
}

/** Far below 2^53 when a million of them are added. */
const AMOUNT_MAX = 1_000_000_000;

function readAmounts(node: Located, problems: Problems): Readonly<Record<string, number>> | undefined {
  if (node.kind !== 'map') {
    problems.add('TYPE_WRONG', node.at, 'expected a mapping of units to amounts');
    return undefined;
  }
  const amounts = [...node.members].map(([unit, { value }]) => {
    return [unit, readInteger(value, 0, AMOUNT_MAX, problems) ?? 0] as const;
  });
  return Object.fromEntries(amounts);
}
