import process from 'node:process';
import { isId } from '@writ/proof';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure, describeFailure } from '../program/failure.ts';
import { type Committed, permit } from '../run/permit.ts';
import { reportOutcome } from '../run/report-outcome.ts';
import { encodeText } from '../terminal/encode-text.ts';
import { faint, good, type Line, plain, warn } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import { changedPaths, observeUndo } from './observe-undo.ts';
import { withSnapshots } from './open-store.ts';
import type { Plan, Step } from './plan-undo.ts';
import { type KeptSnapshot, listSnapshots, type Snapshot } from './snapshot.ts';
import { finishSnapshot, takeSnapshot } from './take-snapshot.ts';
import { lookUndo, undo } from './undo.ts';

const SNAPSHOT_RESTORE = 'snapshot.restore';
/** What a person reads; the rest is counted, and `--json` has all of it. */
const SHOWN_MAX = 40;

/** Gives back what an action changed: a governed action of its own, which can be undone as well. */
export const run: Run = async (call) => {
  if (call.flag('list')) return list(call);
  const id = call.operands[0] ?? newest(call);
  if (!isId(id)) throw new CliFailure('USAGE', 'ACTION is the id of an action: writ undo --list');
  const { plan, snapshot } = lookUndo(call, id);
  for (const line of linesOf(plan)) call.say(line);
  if (plan.steps.length === 0 || call.flag('show')) return shown(id, plan);
  const override = call.flag('force');
  if (plan.conflicts.length > 0 && !override) {
    const count = plan.conflicts.length;
    const detail = `nothing was undone: ${count} changed since; --force overrides what is there now`;
    throw new CliFailure('UNDO_CONFLICT', detail, 1);
  }
  const changed = changedPaths(snapshot, plan);
  const observe = () => observeUndo(call, process.cwd(), snapshot, changed);
  const committed = await permit(call, {
    tool: SNAPSHOT_RESTORE,
    args: { action: id, changed: [...changed], override },
    by: snapshot.by,
    meets: ['snapshot_first'],
    first: await observe(),
    observe,
  });
  return giveBack(call, snapshot, committed, override);
};

function newest(call: Call): string {
  const [snapshot] = withSnapshots(call, listSnapshots);
  if (snapshot !== undefined) return snapshot.id;
  throw new CliFailure('SNAPSHOT_UNKNOWN', 'no snapshot was taken here: there is nothing to undo', 1);
}

async function giveBack(
  call: Call,
  { areas, id }: Snapshot,
  committed: Committed,
  override: boolean,
): Promise<Report> {
  try {
    if (committed.obligations.some((one) => one !== 'snapshot_first'))
      throw new CliFailure('OBLIGATION_UNMET', 'it obliges to something that an undo cannot do', 1);
    // Whether obliged to or not: an undo can be undone.
    const asked = { id: committed.id, by: committed.by, areas: areas.map(({ path }) => path), lenient: true };
    takeSnapshot(call, asked);
    undo(call, id, override);
    finishSnapshot(call, committed.id);
  } catch (error) {
    const { code } = describeFailure(error);
    await reportOutcome(call, committed, { status: 'failed', produced: [], report: { reason: code } });
    throw error;
  }
  const { plan: left } = lookUndo(call, id);
  const reported = await reportOutcome(call, committed, {
    status: left.steps.length === 0 ? 'succeeded' : 'failed',
    produced: [],
    report: { left: left.steps.length, undone: id },
  });
  const exit = left.steps.length === 0 ? 0 : 1;
  const whole = good(`undone; writ undo ${committed.id} takes it back`);
  const part = warn(`undone but for ${left.steps.length}, which others hold on to`);
  return {
    exit,
    lines: [exit === 0 ? whole : part],
    json: { exit, id: committed.id, undone: id, left: left.steps, reported },
  };
}

function shown(id: string, plan: Plan): Report {
  const line = plan.steps.length === 0 ? [good('nothing to undo: it is as it was')] : [];
  return { exit: 0, lines: line, json: { exit: 0, undone: id, ...plan } };
}

function linesOf({ conflicts, lost, steps }: Plan): readonly Line[] {
  const changed = new Set(conflicts.map(({ path }) => path));
  const lines = steps.slice(0, SHOWN_MAX).map((step) => {
    const text = `${actOf(step)} ${encodeText(step.path)}`;
    return changed.has(step.path) ? warn(`${text} (changed since)`) : plain(text);
  });
  const rest = steps.length - lines.length;
  return [
    ...lines,
    ...(rest > 0 ? [faint(`and ${rest} more`)] : []),
    ...lost.map((path) => warn(`cannot be given back: ${encodeText(path)}`)),
  ];
}

function actOf({ before, now }: Step): string {
  if (before.kind === 'absent') return 'remove    ';
  return now.kind === 'absent' ? 'bring back' : 'change    ';
}

function list(call: Call): Report {
  const snapshots = withSnapshots(call, listSnapshots);
  return {
    exit: 0,
    lines: snapshots.length === 0 ? [plain('no snapshots')] : snapshots.map(lineOf),
    json: {
      exit: 0,
      snapshots: snapshots.map(({ areas, by, id, taken_ms }) => ({
        id,
        by,
        taken_ms,
        areas: areas.map(({ path }) => path),
      })),
    },
  };
}

function lineOf({ areas, id, taken_ms }: KeptSnapshot): Line {
  const places = areas.map(({ path }) => encodeText(path)).join(', ');
  const open = areas.some(({ after }) => after === null) ? '  (its end was not seen)' : '';
  return plain(`${id}  ${printTime(taken_ms)}  ${places}${open}`);
}
