import type { Node } from '../condition/node.ts';
import type { Candidate } from './judge.ts';
import type { View } from './view.ts';

/**
 * Rules by what they cannot match without: one of some effects, or a finding. A rule that demands nothing is
 * always asked. Leaving out the others changes nothing, as they would not have matched.
 */
type Bucket = {
  readonly always: readonly Candidate[];
  readonly by_mark: ReadonlyMap<string, readonly Candidate[]>;
};

/** Selections that are remembered; what comes on top is made each time. */
const REMEMBERED_MAX = 4_096;

/** The candidates of a view in file order. */
export type Select = (view: Pick<View, 'tool' | 'effects' | 'findings'>) => readonly Candidate[];

export function openSelect(candidates: readonly Candidate[]): Select {
  const everywhere = bucketOf(candidates.filter((candidate) => candidate.rule.tools.includes('*')));
  const byTool = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const tool of candidate.rule.tools) {
      if (tool === '*') continue;
      const list = byTool.get(tool) ?? [];
      list.push(candidate);
      byTool.set(tool, list);
    }
  }
  const own = new Map([...byTool].map(([tool, list]) => [tool, bucketOf(list)]));
  const remembered = new Map<string, readonly Candidate[]>();
  return ({ tool, effects, findings }) => {
    const bucket = own.get(tool);
    // A name of a tool has no line feed, and names that no rule knows must not fill the memory.
    const key = `${bucket === undefined ? '' : tool}\n${effects.join()}\n${findings.join()}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const marks = [...effects.map(effectMark), ...findings.map(findingMark)];
    const found = gather(bucket === undefined ? [everywhere] : [everywhere, bucket], marks);
    if (remembered.size < REMEMBERED_MAX && key.length <= KEY_LENGTH_MAX) remembered.set(key, found);
    return found;
  };
}

/** All effects and findings of the house together are shorter. */
const KEY_LENGTH_MAX = 1_024;

function gather(buckets: readonly Bucket[], marks: readonly string[]): readonly Candidate[] {
  const found = new Set<Candidate>();
  for (const { always, by_mark } of buckets) {
    for (const candidate of always) found.add(candidate);
    for (const mark of marks) for (const candidate of by_mark.get(mark) ?? []) found.add(candidate);
  }
  return [...found].sort((left, right) => left.order - right.order);
}

function bucketOf(candidates: readonly Candidate[]): Bucket {
  const always: Candidate[] = [];
  const by_mark = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const marks = marksOf(candidate);
    if (marks === undefined) always.push(candidate);
    for (const mark of marks ?? []) {
      const list = by_mark.get(mark) ?? [];
      list.push(candidate);
      by_mark.set(mark, list);
    }
  }
  return { always, by_mark };
}

const effectMark = (effect: string): string => `effect ${effect}`;
const findingMark = (finding: string): string => `finding ${finding}`;

/** One of these must be there for the rule to match; undefined where nothing of the kind is known. */
function marksOf({ rule: { effects }, tree }: Candidate): readonly string[] | undefined {
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
