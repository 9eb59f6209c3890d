import { isStricter, type Verdict } from '@writ/contract';
import { type Cell, openSimulation } from '@writ/cell';
import { printedPolicy, readPolicy, refusal } from '../policy/read-policy.ts';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { countOf } from '../program/read-words.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { bad, good, type Line, plain, warn } from '../terminal/line.ts';
import { withStore } from './store.ts';

type Difference = {
  readonly index: number;
  readonly tool: string;
  readonly before: Said;
  readonly after: Said;
  readonly looser: boolean;
};
type Said = { readonly verdict: string; readonly code: string };

type Tally = {
  same: number;
  readonly looser: Difference[];
  readonly stricter: Difference[];
  readonly counts: Record<string, number>;
  readonly undecidable: Record<string, number>;
};

const SHOWN_DEFAULT = 20;
const TELL_EACH_MS = 1_000;

/** Tomorrow's policy on yesterday's actions. */
export const run: Run = async (call) => {
  const [file = '-'] = call.operands;
  const read = await readPolicy(call, file);
  if (read.kind === 'refused') return { ...refusal(read), exit: 2 };
  const from = countOf(call, 'from') ?? 0;
  const limit = countOf(call, 'limit');
  return withStore(call, async ({ cell }) => {
    const { size } = cell.running.head().frontier;
    if (from >= size) throw new CliFailure('USAGE', `the log has ${size} records: --from is below that`);
    const range = { from, to: Math.min(size, from + (limit ?? size)) };
    const tally = await simulate(call, cell, printedPolicy(read.policy), range);
    return reportOf(tally, range, countOf(call, 'show') ?? SHOWN_DEFAULT);
  });
};

async function simulate(
  call: Call,
  cell: Cell,
  text: string,
  range: { readonly from: number; readonly to: number },
): Promise<Tally> {
  const simulation = await openSimulation(cell, text);
  if (simulation.kind === 'refused')
    throw new CliFailure('POLICY_REFUSED', 'the cell has another engine, and reads this policy otherwise');
  const tally: Tally = { same: 0, looser: [], stricter: [], counts: {}, undecidable: {} };
  let told = Date.now();
  for await (const { next, judged } of simulation.run(range)) {
    for (const { index, under } of judged) add(tally, index, under);
    if (Date.now() - told < TELL_EACH_MS) continue;
    told = Date.now();
    call.progress(`judged ${next - range.from} of ${range.to - range.from} records`);
  }
  return tally;
}

type Under = Parameters<typeof add>[2];

function add(
  tally: Tally,
  index: number,
  under:
    | { readonly kind: 'judged'; readonly tool: string; readonly before: Judged; readonly after: Judged }
    | { readonly kind: 'undecidable'; readonly code: string },
): void {
  if (under.kind === 'undecidable') {
    tally.undecidable[under.code] = (tally.undecidable[under.code] ?? 0) + 1;
    return;
  }
  const { after, before, tool } = under;
  const way = `${before.verdict} → ${after.verdict}`;
  if (before.verdict === after.verdict && !losesObligation(before, after)) {
    tally.same += 1;
    return;
  }
  tally.counts[way] = (tally.counts[way] ?? 0) + 1;
  const looser = isLooser(under);
  const said = ({ code, verdict }: Judged): Said => ({ verdict, code });
  (looser ? tally.looser : tally.stricter).push({
    index,
    tool,
    before: said(before),
    after: said(after),
    looser,
  });
}

type Judged = { readonly verdict: string; readonly code: string; readonly obligations: readonly string[] };

function isLooser({ after, before }: Extract<Under, { readonly kind: 'judged' }>): boolean {
  if (before.verdict === after.verdict) return true;
  // Verdicts of heads and of judgments are those of the contract.
  return isStricter(before.verdict as Verdict, after.verdict as Verdict);
}

function losesObligation(before: Judged, after: Judged): boolean {
  return before.obligations.some((obligation) => !after.obligations.includes(obligation));
}

function reportOf(
  tally: Tally,
  { from, to }: { readonly from: number; readonly to: number },
  shown: number,
): Report {
  const { counts, looser, same, stricter, undecidable } = tally;
  const unsure = Object.values(undecidable).reduce((sum, count) => sum + count, 0);
  const exit = looser.length > 0 ? 1 : unsure > 0 ? 2 : 0;
  const total = same + looser.length + stricter.length + unsure;
  const differences = [...looser, ...stricter];
  return {
    exit,
    lines: [
      plain(`${total} judgments in the records from ${from} up to ${to}`),
      good(`${same} come out the same`),
      ...Object.entries(counts).map(([way, count]) => plain(`${count} ${way}`)),
      ...differences.slice(0, shown).map(lineOf),
      ...(differences.length > shown ? [plain(`and ${differences.length - shown} more`)] : []),
      ...Object.entries(undecidable).map(([code, count]) =>
        warn(`${count} cannot be judged: ${WHY[code] ?? code}`),
      ),
      looser.length > 0
        ? bad(`${looser.length} would have been looser`)
        : good('none would have been looser'),
    ],
    json: { exit, from, to, same, counts, looser, stricter, undecidable },
  };
}

const WHY: Readonly<Record<string, string>> = {
  ERASED: 'erased',
  PART_MISMATCH: 'what was sealed is damaged',
  RECALL_MISSING: 'the policy asks what was not read then',
};

function lineOf({ after, before, index, looser, tool }: Difference): Line {
  const said = ({ code, verdict }: Said): string => `${verdict} ${code}`;
  const text = `  record ${index} ${quoteText(tool)}: ${said(before)} becomes ${said(after)}`;
  return looser ? bad(text) : plain(text);
}
