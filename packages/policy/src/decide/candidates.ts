import type { Node } from '../condition/node.ts';
import type { Question } from '../history/question.ts';
import type { Candidate, Selection } from './judge.ts';
import { planOf } from './plan.ts';
import type { View } from './view.ts';

/** A rule that is ready to run, and what its condition was compiled from: the index is made of both. */
export type CompiledRule = {
  readonly candidate: Candidate;
  readonly tree: Node | undefined;
  readonly questions: readonly Question[];
};

/**
 * Rules by what they cannot match without: one of some effects, or a finding. A rule that demands nothing is
 * always asked. Leaving out the others changes nothing, as they would not have matched.
 */
type Bucket = {
  readonly always: readonly Candidate[];
  readonly by_mark: ReadonlyMap<string, readonly Candidate[]>;
};

/** Selections of one tool that are remembered; what comes on top is made each time. */
const REMEMBERED_MAX = 1_024;
/** Remembered for all tools together: each selection may hold every rule. */
const REMEMBERED_RULES_MAX = 200_000;

/** The candidates of a view in file order. */
export type Select = (view: Pick<View, 'tool' | 'effects' | 'findings'>) => Selection;

export function openSelect(rules: readonly CompiledRule[]): Select {
  const everywhere = bucketOf(rules.filter(({ candidate }) => candidate.rule.tools.includes('*')));
  const byTool = new Map<string, CompiledRule[]>();
  for (const rule of rules) {
    for (const tool of rule.candidate.rule.tools) {
      if (tool === '*') continue;
      const list = byTool.get(tool) ?? [];
      list.push(rule);
      byTool.set(tool, list);
    }
  }
  const account = { left: REMEMBERED_RULES_MAX };
  const own = new Map(
    [...byTool].map(([tool, list]) => [tool, openTool([everywhere, bucketOf(list)], account)]),
  );
  // Names that no rule knows share one, so they cannot fill the memory.
  const others = openTool([everywhere], account);
  return (view) => (own.get(view.tool) ?? others)(view);
}

function openTool(buckets: readonly Bucket[], account: { left: number }): Select {
  // Where nothing demands anything, every view has the same candidates.
  if (buckets.every(({ by_mark }) => by_mark.size === 0)) {
    let all: Selection | undefined;
    return ({ effects, findings }) => {
      // What is no list would have failed in every rule that looks at it.
      if (!Array.isArray(effects) || !Array.isArray(findings)) throw new TypeError('not a view');
      if (all !== undefined) return all;
      const found = inOrder(buckets.flatMap(({ always }) => always));
      if (account.left > 0) {
        account.left -= found.list.length + 1;
        all = found;
      }
      return found;
    };
  }
  const remembered = new Map<string, Selection>();
  return ({ effects, findings }) => {
    const key = `${effects.join()}\n${findings.join()}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const found = gather(buckets, [...effects.map(effectMark), ...findings.map(findingMark)]);
    const isKept = key.length <= KEY_LENGTH_MAX && remembered.size < REMEMBERED_MAX && account.left > 0;
    if (isKept) {
      account.left -= found.list.length + 1;
      remembered.set(key, found);
    }
    return found;
  };
}

/** All effects and findings of the house together are shorter. */
const KEY_LENGTH_MAX = 1_024;

function gather(buckets: readonly Bucket[], marks: readonly string[]): Selection {
  const found = new Set<Candidate>();
  for (const { always, by_mark } of buckets) {
    for (const candidate of always) found.add(candidate);
    for (const mark of marks) for (const candidate of by_mark.get(mark) ?? []) found.add(candidate);
  }
  return inOrder([...found]);
}

function inOrder(candidates: readonly Candidate[]): Selection {
  const list = candidates.toSorted((left, right) => left.order - right.order);
  return { list, plan: planOf(list) };
}

function bucketOf(rules: readonly CompiledRule[]): Bucket {
  const always: Candidate[] = [];
  const by_mark = new Map<string, Candidate[]>();
  for (const rule of rules) {
    const marks = marksOf(rule);
    if (marks === undefined) always.push(rule.candidate);
    for (const mark of marks ?? []) {
      const list = by_mark.get(mark) ?? [];
      list.push(rule.candidate);
      by_mark.set(mark, list);
    }
  }
  return { always, by_mark };
}

const effectMark = (effect: string): string => `effect ${effect}`;
const findingMark = (finding: string): string => `finding ${finding}`;

/** One of these must be there for the rule to match; undefined where nothing of the kind is known. */
function marksOf({ candidate: { effects }, tree }: CompiledRule): readonly string[] | undefined {
  const [one] = effects?.all ?? [];
  if (one !== undefined) return [effectMark(one)];
  if (effects?.any !== undefined) return effects.any.map(effectMark);
  const finding = tree === undefined ? undefined : demandedFinding(tree);
  return finding === undefined ? undefined : [findingMark(finding)];
}

/** `'x' in findings`, alone or before any other operand: nothing that could fail runs without it. */
function demandedFinding(tree: Node): string | undefined {
  const first = tree.kind === 'and' ? tree.operands[0] : tree;
  if (first?.kind !== 'binary' || first.operator !== 'in') return undefined;
  const { left, right } = first;
  const isFindings = right.kind === 'name' && right.name === 'findings';
  return isFindings && left.kind === 'literal' && typeof left.value === 'string' ? left.value : undefined;
}
