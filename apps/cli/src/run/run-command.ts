import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { CODES, isCode } from '@writ/contract';
import { encodeUtf8, isId, parseHead, parseWrit, printJson } from '@writ/proof';
import { idOf, onlyOne } from '../client/address-book.ts';
import type { ActionDesk } from '../desk/desk.ts';
import type { Permitted, ShownAnswer } from '../desk/shown.ts';
import { withDesk } from '../desk/with-desk.ts';
import type { Call, Environment, Place, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { execute, type Executed } from './execute.ts';
import { observe, type Observed } from './observe.ts';

/** A program with its words, and no shell: `tools/program.run.json`. */
const PROGRAM_RUN = 'program.run';
/** Between two looks at a ticket. Each opening of a store is a record, so it is opened less often. */
const LOOK_AGAIN_MS = { server: 2_000, store: 15_000 } as const;
/** What every program is given, where this one has it. */
const ENVIRONMENT = ['PATH', 'HOME', 'LANG', 'TERM'] as const;

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
  let step = await withDesk(call, (desk) => begin(desk, call, wanted, seen));
  while (step.kind === 'waits') {
    const { id, by, way } = step;
    if (!call.flag('wait')) throw waiting(id);
    call.progress(`waits for a person: writ approve ${id}`);
    await setTimeout(LOOK_AGAIN_MS[way]);
    step = await withDesk(call, (desk) => lookAgain(desk, wanted, { id, by }));
  }
  return runCommitted(call, wanted, seen, step);
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

type Committed = {
  readonly kind: 'committed';
  readonly id: string;
  readonly executor: string;
  readonly obligations: readonly string[];
};
type Waits = {
  readonly kind: 'waits';
  /** The ticket. */
  readonly id: string;
  readonly by: string;
  readonly way: ActionDesk['way'];
};
type Step = Committed | Waits;

async function begin(desk: ActionDesk, call: Call, wanted: Wanted, seen: Observed): Promise<Step> {
  const as = call.text('as');
  const by = as === null ? onlyOne(desk.book, 'agent') : idOf(desk.book, as);
  const ticket = call.text('ticket');
  if (ticket !== null) {
    if (!isId(ticket)) throw new CliFailure('USAGE', '--ticket is the id of a ticket');
    return spend(desk, wanted, await desk.release({ by, ticket, scene: seen.scene }), { by, ticket });
  }
  const { executable, args } = wanted;
  const proposed = await desk.propose({
    by,
    session: call.text('session') ?? 'terminal',
    action: {
      tool: PROGRAM_RUN,
      args: { executable, args },
      why: call.text('why') ?? '',
      claims: [],
      evidence: [],
    },
    scene: seen.scene,
    understanding: null,
    idempotency: null,
    claim: null,
  });
  return spend(desk, wanted, proposed, { by, ticket: null });
}

/** A ticket that may have been approved by now; asking for its release would be a record each time. */
async function lookAgain(
  desk: ActionDesk,
  wanted: Wanted,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<Step> {
  const state = await desk.ticketState(id);
  if (state?.status === 'open') return { kind: 'waits', id, by, way: desk.way };
  const { scene } = await observe(wanted);
  const released = await desk.release({ by, ticket: id, scene });
  return spend(desk, wanted, released, { by, ticket: id });
}

/** From a permission to its commit, on the scene as it is by then. */
async function spend(
  desk: ActionDesk,
  wanted: Wanted,
  { answer, writ }: Permitted,
  { by, ticket }: { readonly by: string; readonly ticket: string | null },
): Promise<Step> {
  if (writ === null) return waitsOr(desk, answer, { by, ticket });
  const head = parseHead(encodeUtf8(parseWrit(encodeUtf8(writ)).head));
  if (head.kind !== 'decision' && head.kind !== 'release') throw notRun('INTERNAL', null);
  const { scene } = await observe(wanted);
  const { executable, args } = wanted;
  const spent = await desk.commit({
    by: head.executor,
    id: head.id,
    writ,
    attempt: randomUUID(),
    target: null,
    tool: PROGRAM_RUN,
    args: { executable, args },
    scene,
  });
  if (spent.answer.kind !== 'spent') throw refused(spent.answer);
  const { id, obligations } = spent.answer;
  return { kind: 'committed', id, executor: head.executor, obligations };
}

function waitsOr(
  { way }: ActionDesk,
  answer: ShownAnswer,
  { by, ticket }: { readonly by: string; readonly ticket: string | null },
): Waits {
  if (answer.kind === 'judged' && answer.verdict === 'ESCALATE' && answer.ticket !== null)
    return { kind: 'waits', id: answer.ticket.id, by, way };
  const code = answer.kind === 'refused' || answer.kind === 'repeat' ? answer.code : null;
  if (ticket !== null && code === 'TICKET_NOT_APPROVED') return { kind: 'waits', id: ticket, by, way };
  throw refused(answer);
}

function waiting(ticket: string): CliFailure {
  const advice = `writ approve ${ticket}, then the same with --ticket ${ticket}, or --wait`;
  return new CliFailure('WAITS_FOR_PERSON', `nothing ran: a person must answer ${ticket}: ${advice}`, 1);
}

/** As an agent may be told. */
function refused(answer: ShownAnswer): CliFailure {
  switch (answer.kind) {
    case 'judged':
      if (answer.verdict === 'ALLOW') return notRun('WRIT_UNKNOWN', answer.id);
      return notRun(answer.code, answer.id);
    case 'repeat':
    case 'refused':
      return notRun(answer.code, null);
    case 'spent':
    case 'done':
      return notRun('INTERNAL', answer.id);
    default:
      return answer satisfies never;
  }
}

function notRun(code: string, id: string | null): CliFailure {
  const text = isCode(code) ? CODES[code].agent : 'it is not permitted';
  const more = id === null ? '' : `; writ why ${id}`;
  const exit = isCode(code) && CODES[code].status >= 500 ? 2 : 1;
  return new CliFailure(code, `nothing ran: ${text}${more}`, exit);
}

async function runCommitted(
  call: Call,
  wanted: Wanted,
  { program, digest }: Observed,
  committed: Committed,
): Promise<Report> {
  const { args_text, directory, environment } = wanted;
  const capture = call.flag('capture');
  const executed: Executed | Unmet =
    committed.obligations.length > 0
      ? { kind: 'refused', code: 'OBLIGATION_UNMET' }
      : await execute({
          ...recordedCall(args_text),
          real: program.real,
          digest,
          directory,
          environment,
          capture,
        });
  const reported = await report(call, committed, executed);
  if (executed.kind === 'refused') {
    const detail = `nothing ran, and that is its outcome: ${committed.id} ${WHY_NOT[executed.code]}`;
    throw new CliFailure(executed.code, detail, 1);
  }
  const { exit, signal, produced } = executed;
  return { exit, lines: [], json: { exit, id: committed.id, signal, produced, reported } };
}

type Unmet = { readonly kind: 'refused'; readonly code: 'OBLIGATION_UNMET' };

const WHY_NOT = {
  PROGRAM_CHANGED: 'names a program that is another now',
  PROGRAM_UNSTARTED: 'names a program that the system does not start',
  OBLIGATION_UNMET: 'obliges to something that this command cannot do',
} as const;

/** What happened has happened, whether or not it can be recorded: then it stays without an outcome. */
async function report(call: Call, { id, executor }: Committed, executed: Executed | Unmet): Promise<boolean> {
  const failed = executed.kind === 'refused' || executed.exit !== 0;
  const told =
    executed.kind === 'refused'
      ? { reason: executed.code }
      : { exit: executed.exit, signal: executed.signal };
  try {
    const { answer } = await withDesk(call, (desk) =>
      desk.outcome({
        by: executor,
        id,
        status: failed ? 'failed' : 'succeeded',
        unwrapped: false,
        produced: executed.kind === 'refused' ? [] : executed.produced,
        spent: [],
        report: told,
      }),
    );
    if (answer.kind === 'done' || answer.kind === 'repeat') return true;
  } catch {
    // Told below, with what helps.
  }
  const status = failed ? 'failed' : 'succeeded';
  call.progress(`writ: its outcome could not be recorded: writ outcome ${id} ${status}`);
  return false;
}
