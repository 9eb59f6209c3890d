import { collectProblems, type Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import { readYaml } from '../text/read-yaml.ts';
import { checkPacks } from './check-packs.ts';
import { checkRules, placesOf } from './check-rules.ts';
import { checkTotals } from './check-totals.ts';
import { checkLists, joinLists, listsMember } from './policy-lists.ts';
import type { Policy, PolicyResult, Vocabulary } from './policy.ts';
import { readLayer, readName } from './read-pack.ts';
import { readMembers, required } from './read-value.ts';
import { runAllExamples } from './run-examples.ts';

const MEMBERS: ReadonlySet<string> = new Set(['version', 'name', 'layer', 'lists', 'packs', 'rules']);

/** The text of a policy → a checked policy whose examples hold, or everything that is wrong with it. */
export function parsePolicy(text: string, vocabulary: Vocabulary): PolicyResult {
  const problems = collectProblems();
  const root = readYaml(text, problems);
  const policy = root && checkPolicy(root, vocabulary, problems);
  if (policy === undefined || problems.list.length > 0) return { kind: 'refused', problems: problems.list };
  return { kind: 'policy', policy };
}

function checkPolicy(root: Located, vocabulary: Vocabulary, problems: Problems): Policy | undefined {
  const members = readMembers(root, MEMBERS, problems);
  if (members === undefined) return undefined;
  const versionNode = required(members, 'version', problems);
  if (versionNode !== undefined && (versionNode.kind !== 'scalar' || versionNode.value !== 1)) {
    problems.add('VERSION_UNKNOWN', versionNode.at, 'this is version 1');
    return undefined;
  }
  const nameNode = required(members, 'name', problems);
  const name = nameNode && readName(nameNode, problems);
  const layer = readLayer(members.get('layer')?.value, problems);
  const packsMember = members.get('packs');
  if (layer === 'narrowing' && packsMember !== undefined)
    problems.add('MEMBER_NOT_APPLICABLE', packsMember.key_at, 'a narrowing layer stands on nothing');
  // What is named by a text is a policy of its own, without packs of its own.
  const parsePack = (text: string) => parsePolicy(text, { ...vocabulary, packs: () => undefined });
  const packs = packsMember && checkPacks(packsMember.value, vocabulary, parsePack, problems);
  const own = checkLists(members.get('lists'), layer, problems);
  const lists = joinLists([own, ...(packs ?? []).map(({ pack }) => pack.lists)]);
  const rulesNode = required(members, 'rules', problems);
  const rules =
    rulesNode === undefined ? [] : checkRules(rulesNode, layer, { ...vocabulary, lists }, problems);
  if (problems.list.length > 0 || name === undefined || rulesNode === undefined) return undefined;
  const policy: Policy = {
    version: 1,
    name,
    ...(layer === 'base' ? {} : { layer }),
    ...(packs === undefined || packs.length === 0 ? {} : { packs: packs.map(({ pack }) => pack) }),
    ...listsMember(own),
    rules,
  };
  checkTotals(policy, root.at, problems);
  const places = { own: placesOf(rulesNode), packs: (packs ?? []).map((pack) => pack.places) };
  if (problems.list.length === 0) runAllExamples(policy, places, problems);
  return policy;
}
