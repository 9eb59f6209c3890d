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

/** The same for understanding again, from the original. */
const NOT_UNDERSTOOD = {
  ERASED: 'erased',
  ENGINE: 'the engine is not archived here, or does not understand',
  TOOL_MISSING: 'the definition of the tool is lost or damaged',
  NOT_UNDERSTOOD: 'their callers said themselves what they mean',
} as const;

type Tally<Why extends string> = {
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

type Again<Why> =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly members: readonly string[] }
  | { readonly kind: 'undecidable'; readonly code: Why };

type Tallies = {
  readonly judged: Tally<keyof typeof UNDECIDABLE>;
  /** Null when nobody asked for it. */
  readonly understood: Tally<keyof typeof NOT_UNDERSTOOD> | null;
};

const TELL_EACH_MS = 1_000;

export const run: Run = (call) => {
  const asked = { from: countOf(call, 'from') ?? 0, limit: countOf(call, 'limit') };
  const understand = call.flag('understand');
  return withStore(call, async ({ cell }) => {
    const { size } = cell.running.head().frontier;
    const from = asked.from;
    if (from >= size) throw new CliFailure('USAGE', `the log has ${size} records: --from is below that`);
    const to = Math.min(size, from + (asked.limit ?? size));
    return reportOf(cell, { from, to }, await judgeRange(call, cell, { from, to, understand }));
  });
};

async function judgeRange(
  call: Call,
  cell: Cell,
  range: { readonly from: number; readonly to: number; readonly understand: boolean },
): Promise<Tallies> {
  const tallies: Tallies = {
    judged: openTally({ ERASED: 0, ENGINE: 0, POLICY_MISSING: 0, RECALL_MISSING: 0 }),
    understood: range.understand
      ? openTally({ ERASED: 0, ENGINE: 0, TOOL_MISSING: 0, NOT_UNDERSTOOD: 0 })
      : null,
  };
  let told = Date.now();
  for await (const { next, judged } of judgeAgain(cell, range)) {
    for (const one of judged) {
      add(tallies.judged, one, one.again);
      if (tallies.understood !== null && one.understood !== null)
        add(tallies.understood, one, one.understood);
    }
    if (Date.now() - told < TELL_EACH_MS) continue;
    told = Date.now();
    call.progress(`judged ${next - range.from} of ${range.to - range.from} records`);
  }
  return tallies;
}

function openTally<Why extends string>(undecidable: Record<Why, number>): Tally<Why> {
  return { same: 0, different: 0, undecidable, first_difference: null, first_undecidable: null };
}

function add<Why extends string>(tally: Tally<Why>, { index, head }: JudgedAgain, again: Again<Why>): void {
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
  { judged, understood }: Tallies,
): Report {
  const exits = [judged, ...(understood === null ? [] : [understood])].map(exitOf);
  const exit = exits.includes(1) ? 1 : Math.max(...exits);
  const { origin } = cell.settings;
  const lines: Line[] = [
    plain(`${origin}: ${countIn(judged)} judgments in the records from ${from} up to ${to}`),
    ...linesOf(judged, UNDECIDABLE, 'come out the same', 'judged'),
    ...(understood === null
      ? []
      : linesOf(understood, NOT_UNDERSTOOD, 'mean the same from their originals', 'understood')),
  ];
  return { exit, lines, json: { exit, origin, from, to, ...judged, understood } };
}

function countIn({ same, different, undecidable }: Tally<string>): number {
  return same + different + unsureIn(undecidable);
}

function unsureIn(undecidable: Readonly<Record<string, number>>): number {
  return Object.values(undecidable).reduce((sum, number) => sum + number, 0);
}

function exitOf({ different, undecidable }: Tally<string>): 0 | 1 | 2 {
  return different > 0 ? 1 : unsureIn(undecidable) > 0 ? 2 : 0;
}

function linesOf<Why extends string>(
  { same, different, undecidable, first_difference }: Tally<Why>,
  reasons: Readonly<Record<Why, string>>,
  what: string,
  verb: string,
): readonly Line[] {
  const lines: Line[] = [(different === 0 ? good : plain)(`${same} ${what}`)];
  if (first_difference !== null) {
    const { index, kind, id, members } = first_difference;
    const where = `record ${index}, ${kind} ${id}, in ${members.join(', ')}`;
    lines.push(bad(`${different} differ: the first is ${where}`));
  }
  for (const [code, why] of Object.entries<string>(reasons)) {
    const count = undecidable[code as Why]; // the keys of one are those of the other
    if (count > 0) lines.push(warn(`${count} cannot be ${verb} again: ${why}`));
  }
  return lines;
}
