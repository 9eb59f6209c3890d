import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { CODES, isCode, type JsonObject, type Obligation, type Scene } from '@writ/contract';
import { encodeUtf8, isId, parseHead, parseWrit } from '@writ/proof';
import { idOf, onlyOne } from '../client/address-book.ts';
import type { ActionDesk } from '../desk/desk.ts';
import type { Permitted, ShownAnswer } from '../desk/shown.ts';
import { withDesk } from '../desk/with-desk.ts';
import type { Call } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';

/** Between two looks at a ticket. Each opening of a store is a record, so it is opened less often. */
const LOOK_AGAIN_MS = { server: 2_000, store: 15_000 } as const;

/** What this command wants to do, as it is proposed and as it is committed. */
export type Act = {
  readonly tool: string;
  readonly args: JsonObject;
  /** Whose action it is where nobody says so with --as; null: of the only agent there is. */
  readonly by: string | null;
  /** What this command can do for what it is obliged to. */
  readonly meets: readonly Obligation[];
  /** What this host was to it when it was looked at, */
  readonly first: Scene;
  /** and what it is now. */
  observe(): Promise<Scene>;
};

export type Committed = {
  readonly kind: 'committed';
  readonly id: string;
  readonly by: string;
  readonly executor: string;
  readonly obligations: readonly string[];
  /** As it was when it was committed. */
  readonly scene: Scene;
};
type Waits = {
  readonly kind: 'waits';
  /** The ticket. */
  readonly id: string;
  readonly by: string;
  readonly way: ActionDesk['way'];
};
type Step = Committed | Waits;

/** Proposes an act and commits it, with `--as`, `--session`, `--why`, `--ticket` and `--wait` of the call. */
export async function permit(call: Call, act: Act): Promise<Committed> {
  let step = await withDesk(call, (desk) => begin(desk, call, act));
  while (step.kind === 'waits') {
    const { id, by, way } = step;
    if (!call.flag('wait')) throw waiting(id);
    call.progress(`waits for a person: writ approve ${id}`);
    await setTimeout(LOOK_AGAIN_MS[way]);
    step = await withDesk(call, (desk) => lookAgain(desk, act, { id, by }));
  }
  return step;
}

async function begin(desk: ActionDesk, call: Call, act: Act): Promise<Step> {
  const { first: scene } = act;
  const as = call.text('as');
  const by = as === null ? (act.by ?? onlyOne(desk.book, 'agent')) : idOf(desk.book, as);
  const ticket = call.text('ticket');
  if (ticket !== null) {
    if (!isId(ticket)) throw new CliFailure('USAGE', '--ticket is the id of a ticket');
    return spend(desk, act, await desk.release({ by, ticket, scene }), { by, ticket });
  }
  const { args, meets, tool } = act;
  const proposed = await desk.propose({
    by,
    session: call.text('session') ?? 'terminal',
    action: { tool, args, why: call.text('why') ?? '', claims: [], evidence: [] },
    scene,
    understanding: null,
    meets,
    idempotency: null,
    claim: null,
  });
  return spend(desk, act, proposed, { by, ticket: null });
}

/** A ticket that may have been approved by now; asking for its release would be a record each time. */
async function lookAgain(
  desk: ActionDesk,
  act: Act,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<Step> {
  const state = await desk.ticketState(id);
  if (state?.status === 'open') return { kind: 'waits', id, by, way: desk.way };
  const released = await desk.release({ by, ticket: id, scene: await act.observe() });
  return spend(desk, act, released, { by, ticket: id });
}

/** From a permission to its commit, on the scene as it is by then. */
async function spend(
  desk: ActionDesk,
  { args, observe, tool }: Act,
  { answer, writ }: Permitted,
  { by, ticket }: { readonly by: string; readonly ticket: string | null },
): Promise<Step> {
  if (writ === null) return waitsOr(desk, answer, { by, ticket });
  const head = parseHead(encodeUtf8(parseWrit(encodeUtf8(writ)).head));
  if (head.kind !== 'decision' && head.kind !== 'release') throw notRun('INTERNAL', null);
  const scene = await observe();
  const { executor } = head;
  const attempt = randomUUID();
  const spent = await desk.commit({
    by: executor,
    id: head.id,
    writ,
    attempt,
    target: null,
    tool,
    args,
    scene,
  });
  if (spent.answer.kind !== 'spent') throw refused(spent.answer);
  const { id, obligations } = spent.answer;
  return { kind: 'committed', id, by, executor, obligations, scene };
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
