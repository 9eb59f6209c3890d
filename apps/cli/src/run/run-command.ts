import process from 'node:process';
import { printJson } from '@writ/proof';
import type { Call, Environment, Place, Report, Run } from '../program/command.ts';
import { CliFailure, describeFailure } from '../program/failure.ts';
import { snapshotAreas } from '../scene/snapshot-areas.ts';
import { finishSnapshot, takeSnapshot } from '../undo/take-snapshot.ts';
import { execute, type Executed } from './execute.ts';
import { observe, type Observed } from './observe.ts';
import { type Committed, permit } from './permit.ts';
import { reportOutcome } from './report-outcome.ts';

/** A program with its words, and no shell: `tools/program.run.json`. */
const PROGRAM_RUN = 'program.run';
/** What every program is given, where this one has it. */
const ENVIRONMENT = ['PATH', 'HOME', 'LANG', 'TERM'] as const;
/** What this command does where it is obliged to. */
const MEETS = ['snapshot_first'] as const;

type Wanted = {
  readonly executable: string;
  readonly args: readonly string[];
  /** Canonical JSON: what is judged, recorded and run. */
  readonly args_text: string;
  readonly directory: string;
  readonly environment: Environment;
  readonly place: Place;
};

/** Proposes one call of a program, and runs exactly what was recorded, once it was committed. */
export const run: Run = async (call) => {
  const wanted = readWanted(call);
  const seen = await observe(wanted);
  const { executable, args } = wanted;
  const committed = await permit(call, {
    tool: PROGRAM_RUN,
    args: { executable, args },
    by: null,
    meets: MEETS,
    first: seen.scene,
    observe: async () => (await observe(wanted)).scene,
  });
  return runCommitted(call, wanted, seen, committed);
};

function readWanted(call: Call): Wanted {
  const [executable = '', ...args] = call.operands;
  if (call.operands.some((word) => word.includes('\0'))) throw new CliFailure('USAGE', 'a word holds a NUL');
  const environment: Record<string, string> = {};
  for (const name of ENVIRONMENT) {
    const value = call.environment[name];
    if (value !== undefined) environment[name] = value;
  }
  for (const name of call.list('env')) {
    const value = call.environment[name];
    if (value === undefined) throw new CliFailure('USAGE', '--env names a variable that is not set here');
    environment[name] = value;
  }
  const args_text = printJson({ executable, args });
  const directory = process.cwd();
  return { ...recordedCall(args_text), args_text, directory, environment, place: call };
}

/** The call as it was recorded: never the words that this program was given. */
function recordedCall(args_text: string): Pick<Wanted, 'executable' | 'args'> {
  return JSON.parse(args_text) as Pick<Wanted, 'executable' | 'args'>; // the text of exactly that
}

async function runCommitted(
  call: Call,
  wanted: Wanted,
  seen: Observed,
  committed: Committed,
): Promise<Report> {
  const executed = await executeKept(call, wanted, seen, committed);
  const reported = await reportOutcome(call, committed, {
    status: executed.kind === 'refused' || executed.exit !== 0 ? 'failed' : 'succeeded',
    produced: executed.kind === 'refused' ? [] : executed.produced,
    report:
      executed.kind === 'refused'
        ? { reason: executed.code }
        : { exit: executed.exit, signal: executed.signal },
  });
  if (executed.kind === 'refused') {
    const why = WHY_NOT[executed.code];
    const detail = `nothing ran, and that is its outcome: ${committed.id} ${why}${executed.more ?? ''}`;
    throw new CliFailure(executed.code, detail, 1);
  }
  const { exit, signal, produced } = executed;
  return { exit, lines: [], json: { exit, id: committed.id, signal, produced, reported } };
}

/** What ran, or why not. `more` says what about the snapshot could not be done. */
type Kept = (Executed | { readonly kind: 'refused'; readonly code: 'OBLIGATION_UNMET' }) & {
  readonly more?: string;
};

const WHY_NOT = {
  PROGRAM_CHANGED: 'names a program that is another now',
  PROGRAM_UNSTARTED: 'names a program that the system does not start',
  OBLIGATION_UNMET: 'obliges to something that this command cannot do',
} as const;

/** Runs it, after a snapshot of what it may change where it is obliged to one. */
async function executeKept(
  call: Call,
  { args_text, directory, environment, place }: Wanted,
  { program, digest }: Observed,
  { by, id, obligations, scene }: Committed,
): Promise<Kept> {
  if (obligations.some((one) => !MEETS.some((met) => met === one)))
    return { kind: 'refused', code: 'OBLIGATION_UNMET' };
  const keeps = obligations.includes('snapshot_first');
  try {
    if (keeps) takeSnapshot(place, { id, by, areas: snapshotAreas(scene) });
  } catch (error) {
    const { code, detail } = describeFailure(error);
    return { kind: 'refused', code: 'OBLIGATION_UNMET', more: `: ${code}: ${detail}` };
  }
  const capture = call.flag('capture');
  const wanted = { ...recordedCall(args_text), real: program.real, digest, directory, environment, capture };
  const executed = await execute(wanted);
  if (keeps) finish(call, place, id);
  return executed;
}

/** Without it the snapshot still holds what was there; only what others changed since cannot be told. */
function finish(call: Call, place: Place, id: string): void {
  try {
    finishSnapshot(place, id);
  } catch {
    call.progress(`writ: what it left could not be looked at: writ undo ${id} will ask for --force`);
  }
}
