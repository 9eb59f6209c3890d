import type { JsonObject, JsonValue } from '@writ/proof';
import type { View } from '../decide/view.ts';
import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import { EXAMPLE_DEFAULTS } from './defaults.ts';
import type { Example, ExampleAction, Vocabulary } from './policy.ts';
import { readEffects, readResources } from './read-meaning.ts';
import { readPast } from './read-past.ts';
import {
  type Members,
  readChoice,
  readInteger,
  readList,
  readMembers,
  readText,
  required,
} from './read-value.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'tool',
  'args',
  'effects',
  'resources',
  'findings',
  'reversibility',
  'risk',
  'scene',
  'principal',
  'session',
  'now_ms',
  'intent',
  'evidence',
  'history',
]);
const EXAMPLE_MEMBERS: ReadonlySet<string> = new Set([...MEMBERS, 'expect']);

/** `only_tool`: the single tool of the rule, which an example then need not repeat. */
export function checkExample(
  node: Located,
  only_tool: string | undefined,
  vocabulary: Vocabulary,
  problems: Problems,
): Example | undefined {
  const members = readMembers(node, EXAMPLE_MEMBERS, problems);
  if (members === undefined) return undefined;
  const expectNode = required(members, 'expect', problems);
  const expect =
    expectNode && readChoice(expectNode, ['ALLOW', 'BLOCK', 'ESCALATE', 'NEED_EVIDENCE'], problems);
  const action = checkMembers(members, only_tool, vocabulary, problems);
  return action === undefined || expect === undefined ? undefined : { ...action, expect };
}

/** An action by itself, as `explain` is asked about one. */
export function checkAction(
  node: Located,
  vocabulary: Vocabulary,
  problems: Problems,
): ExampleAction | undefined {
  const members = readMembers(node, MEMBERS, problems);
  return members && checkMembers(members, undefined, vocabulary, problems);
}

function checkMembers(
  members: Members,
  only_tool: string | undefined,
  vocabulary: Vocabulary,
  problems: Problems,
): ExampleAction | undefined {
  const before = problems.list.length;
  const read = <Value>(name: string, by: (value: Located) => Value | undefined, otherwise: Value): Value => {
    const member = members.get(name);
    return (member === undefined ? undefined : by(member.value)) ?? otherwise;
  };
  const texts = (value: Located) => readTexts(value, problems);
  const map = (value: Located) => readMap(value, problems);
  const toolNode = only_tool === undefined ? required(members, 'tool', problems) : members.get('tool')?.value;
  const tool = toolNode === undefined ? only_tool : readText(toolNode, problems);
  const defaults = EXAMPLE_DEFAULTS;
  const view = {
    args: read('args', map, defaults.args),
    effects: read('effects', (value) => readEffects(value, vocabulary, problems), defaults.effects),
    resources: read('resources', (value) => readResources(value, problems), defaults.resources),
    findings: read('findings', texts, defaults.findings),
    reversibility: read('reversibility', (value) => readText(value, problems), defaults.reversibility),
    risk: read('risk', (value) => readCount(value, problems), defaults.risk),
    scene: read('scene', map, defaults.scene),
    principal: read('principal', (value) => readPrincipal(value, problems), defaults.principal),
    session: read('session', map, defaults.session),
    now_ms: read('now_ms', (value) => readCount(value, problems), defaults.now_ms),
    intent: read('intent', map, defaults.intent),
    evidence: read('evidence', texts, defaults.evidence),
    history: read('history', (value) => readPast(value, vocabulary, problems), defaults.history),
  };
  return problems.list.length > before || tool === undefined ? undefined : { tool, ...view };
}

function readCount(node: Located, problems: Problems): number | undefined {
  return readInteger(node, 0, Number.MAX_SAFE_INTEGER, problems);
}

function readTexts(node: Located, problems: Problems): readonly string[] | undefined {
  return readList(node, problems)?.flatMap((item) => readText(item, problems) ?? []);
}

const PRINCIPAL_MEMBERS: ReadonlySet<string> = new Set(['id', 'kind', 'wall']);

function readPrincipal(node: Located, problems: Problems): View['principal'] | undefined {
  const members = readMembers(node, PRINCIPAL_MEMBERS, problems);
  if (members === undefined) return undefined;
  const { id, kind, wall } = EXAMPLE_DEFAULTS.principal;
  const idNode = members.get('id')?.value;
  const kindNode = members.get('kind')?.value;
  const wallNode = members.get('wall')?.value;
  return {
    id: (idNode && readText(idNode, problems)) ?? id,
    kind: (kindNode && readText(kindNode, problems)) ?? kind,
    wall: (wallNode && readInteger(wallNode, 0, 4, problems)) ?? wall,
  };
}

function readMap(node: Located, problems: Problems): JsonObject | undefined {
  if (node.kind === 'map') return toJsonMap(node);
  problems.add('TYPE_WRONG', node.at, 'expected a mapping');
  return undefined;
}

function toJsonMap(node: Located & { readonly kind: 'map' }): JsonObject {
  // fromEntries defines own members, so a key named __proto__ is a member like any other.
  return Object.fromEntries([...node.members].map(([name, member]) => [name, toJson(member.value)]));
}

function toJson(node: Located): JsonValue {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list' ? node.items.map(toJson) : toJsonMap(node);
}
