import { type Cell, judgeAgain, type JudgedAgain } from '@writ/cell';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { bad, good, type Line, plain, warn } from '../terminal/line.ts';
import { countOf } from '../program/read-words.ts';
import { withStore } from './store.ts';

/** Why a record cannot be judged again, and what people read for it. */
const UNDECIDABLE = {
  ERASED: 'erased',
  ENGINE: 'the engine is not archived here',
  POLICY_MISSING: 'the policy is lost or damaged',
  RECALL_MISSING: 'what was read is not recorded whole',
} as const;

type Why = keyof typeof UNDECIDABLE;

type Tally = {
  same: number;
  different: number;
  readonly undecidable: Record<Why, number>;
  first_difference: Difference | null;
  first_undecidable: { readonly index: number; readonly code: Why } | null;
};

type Difference = {
  readonly index: number;
  readonly kind: string;
  readonly id: string;
  readonly members: readonly string[];
};

const TELL_EACH_MS = 1_000;

export const run: Run = (call) => {
  const asked = { from: countOf(call, 'from') ?? 0, limit: countOf(call, 'limit') };
  return withStore(call, async ({ cell }) => {
    const { size } = cell.running.head().frontier;
    const from = asked.from;
    if (from >= size) throw new CliFailure('USAGE', `the log has ${size} records: --from is below that`);
    const to = Math.min(size, from + (asked.limit ?? size));
    return reportOf(cell, { from, to }, await judgeRange(call, cell, { from, to }));
  });
};

async function judgeRange(
  call: Call,
  cell: Cell,
  range: { readonly from: number; readonly to: number },
): Promise<Tally> {
  const undecidable = { ERASED: 0, ENGINE: 0, POLICY_MISSING: 0, RECALL_MISSING: 0 };
  const tally: Tally = {
    same: 0,
    different: 0,
    undecidable,
    first_difference: null,
    first_undecidable: null,
  };
  let told = Date.now();
  for await (const { next, judged } of judgeAgain(cell, range)) {
    for (const one of judged) add(tally, one);
    if (Date.now() - told < TELL_EACH_MS) continue;
    told = Date.now();
    call.progress(`judged ${next - range.from} of ${range.to - range.from} records`);
  }
  return tally;
}

function add(tally: Tally, { index, head, again }: JudgedAgain): void {
  switch (again.kind) {
    case 'same':
      tally.same += 1;
      return;
    case 'differs':
      tally.different += 1;
      tally.first_difference ??= { index, kind: head.kind, id: head.id, members: again.members };
      return;
    case 'undecidable':
      tally.undecidable[again.code] += 1;
      tally.first_undecidable ??= { index, code: again.code };
      return;
    default:
      again satisfies never;
  }
}

function reportOf(
  cell: Cell,
  { from, to }: { readonly from: number; readonly to: number },
  tally: Tally,
): Report {
  const { same, different, undecidable, first_difference, first_undecidable } = tally;
  const unsure = Object.values(undecidable).reduce((sum, number) => sum + number, 0);
  const exit = different > 0 ? 1 : unsure > 0 ? 2 : 0;
  const { origin } = cell.settings;
  const lines: Line[] = [
    plain(`${origin}: ${same + different + unsure} judgments in the records from ${from} up to ${to}`),
    (different === 0 ? good : plain)(`${same} come out the same`),
  ];
  if (first_difference !== null) {
    const { index, kind, id, members } = first_difference;
    lines.push(
      bad(`${different} differ: the first is record ${index}, ${kind} ${id}, in ${members.join(', ')}`),
    );
  }
  for (const [code, why] of Object.entries(UNDECIDABLE)) {
    const count = undecidable[code as Why]; // the keys of one are those of the other
    if (count > 0) lines.push(warn(`${count} cannot be judged again: ${why}`));
  }
  return {
    exit,
    lines,
    json: { exit, origin, from, to, same, different, undecidable, first_difference, first_undecidable },
  };
}
