import { sentAtOf } from '@writ/contract/api';
import { printWrit } from '@writ/proof';
import type { Client, Committed } from '@writ/sdk';
import { handleOf } from '../client/address-book.ts';
import type { ActionDesk, DeskBase, Proposing, Reporting, Spending } from '../desk/desk.ts';
import type { Acted, Permitted, ShownDecision } from '../desk/shown.ts';
import { CliFailure } from '../program/failure.ts';
import { bodyOf } from './body.ts';
import { contradicts, headOf, judgedFrom, provenOf, refusedFrom, valueOf } from './answers.ts';
import { explainAt } from './explain.ts';
import { releaseAt } from './release.ts';
import { attesterOf, clientOf, personClient, type Session, toolsOf } from './session.ts';

type Acting = Omit<ActionDesk, keyof DeskBase>;

export function actAt(session: Session): Acting {
  return {
    propose: (asked) => proposeAt(session, asked),
    commit: (asked) => commitAt(session, asked),
    outcome: (asked) => outcomeAt(session, asked),
    release: (asked) => releaseAt(session, asked),
    executorOf: (id) => executorAt(session, id),
    ticketState: (ticket) => ticketStateAt(session, ticket),
    why: (id, as) => whyAt(session, id, as),
    explain: (asked) => explainAt(session, asked),
  };
}

async function proposeAt(session: Session, asked: Proposing): Promise<Permitted> {
  const { by, claim, idempotency } = asked;
  if (idempotency !== null && sentAtOf(idempotency) === null) {
    throw new CliFailure('USAGE', 'while the cell is served, --idempotency is a UUID of version 7');
  }
  const client = await actingClient(session, by);
  const proposed = await client.propose(bodyOf(asked), idempotency ?? client.newId());
  if (proposed.verdict === 'BLOCK') return { ...refusedFrom(proposed), writ: null };
  if (proposed.verdict === 'OBSERVED') {
    const { proven } = proposed;
    return { answer: judgedFrom(proven, []), proven, writ: null };
  }
  if (proposed.verdict !== 'ALLOW') {
    const { proven, reasons } = proposed;
    if (proven === null) throw contradicts();
    return { answer: judgedFrom(proven, reasons), proven, writ: null };
  }
  const { writ } = proposed;
  const { action, scene } = asked;
  if (claim !== null) {
    const spend = { tool: action.tool, args: action.args, scene, ...claim };
    return { ...spentFrom(await client.commit(writ, spend)), writ: null };
  }
  const proven = provenOf(writ, 'writ');
  return { answer: judgedFrom(proven, []), proven, writ };
}

/** A client whose records name the executor of whoever acts, and are about the tools that are declared. */
async function actingClient(session: Session, by: string): Promise<Client> {
  const reader = await clientOf(session, by);
  const executor = await session.executorFor(by);
  const handle = handleOf(session.book, by);
  return session.clients.open(handle, { executor, tools: await toolsOf(reader) });
}

async function commitAt(session: Session, asked: Spending): Promise<Acted> {
  const { by, id, attempt, target, tool, args, scene } = asked;
  const client = await session.clients.open(handleOf(session.book, by), {
    executor: by,
    tools: await toolsOf(await clientOf(session, by)),
  });
  const writ = asked.writ ?? (await writOf(client, id));
  if (writ === null) {
    return {
      answer: { kind: 'refused', index: null, code: 'WRIT_UNKNOWN', drift: [], reasons: [] },
      proven: null,
    };
  }
  return spentFrom(await client.commit(writ, { tool, args, attempt, target, scene }));
}

/** The writ of an action again, for its executor. */
async function writOf(client: Client, id: string): Promise<string | null> {
  const called = await client.call('getDecision', { path: { id } });
  if (called.kind === 'problem') return null;
  const { proven, nonce } = called.value;
  const head = headOf(proven);
  const isPermission = (head.kind === 'decision' || head.kind === 'release') && head.expires_at !== null;
  if (nonce === null || !isPermission) return null;
  return printWrit({ head: proven.head, nonce, proof: proven.proof });
}

/** What this client sees of its own writ before it is sent, in the words of the cell. */
const AS_THE_CELL_SAYS = {
  EXPIRED: 'WRIT_EXPIRED',
  ARGS_MISMATCH: 'ARGUMENTS_DIFFER',
  EXECUTOR_MISMATCH: 'EXECUTOR_DIFFERS',
  TOOL_MISMATCH: 'TOOL_CHANGED',
} as const;

function spentFrom(committed: Committed): Acted {
  if (committed.verdict === 'SPENT') {
    const { id, obligations, expires_at, receipt } = committed;
    const proven = provenOf(receipt, 'receipt');
    const { index } = proven;
    return { answer: { kind: 'spent', index, id, expires_at, obligations }, proven };
  }
  const { code } = committed;
  const isOwn = Object.hasOwn(AS_THE_CELL_SAYS, code);
  // The key was just found among those of the table.
  const said = isOwn ? AS_THE_CELL_SAYS[code as keyof typeof AS_THE_CELL_SAYS] : code;
  return refusedFrom({ ...committed, code: said });
}

async function outcomeAt(session: Session, { by, id, ...report }: Reporting): Promise<Acted> {
  const client = await clientOf(session, by);
  const { produced, spent, ...rest } = report;
  const reported = await client.reportOutcome(id, {
    ...rest,
    produced: [...produced],
    spent: spent.map((amount) => ({ ...amount })),
    attested_by: attesterOf(session, by),
  });
  if (reported.verdict === 'BLOCK') return refusedFrom(reported);
  const { proven } = reported;
  return { answer: { kind: 'done', id, index: proven.index }, proven };
}

async function executorAt(session: Session, id: string): Promise<string | null> {
  const client = await personClient(session).catch(() => null);
  const called = await client?.call('getDecision', { path: { id } });
  if (called?.kind !== 'answer') return null;
  const head = headOf(called.value.proven);
  return 'executor' in head && head.id === id ? head.executor : null;
}

async function ticketStateAt(session: Session, ticket: string): ReturnType<Acting['ticketState']> {
  const client = await personClient(session).catch(() => null);
  const called = await client?.call('getTicket', { path: { id: ticket } });
  return called?.kind === 'answer' ? called.value.ticket : null;
}

/** The verdict is what the proven record says; its reasons are the word of the server. */
async function whyAt(session: Session, id: string, as: string | null): Promise<ShownDecision> {
  const client = as === null ? await personClient(session) : await clientOf(session, as);
  const { proven, reasons } = valueOf(await client.call('getDecision', { path: { id } }));
  const head = headOf(proven);
  if ((head.kind !== 'decision' && head.kind !== 'release') || head.id !== id) throw contradicts();
  return { index: proven.index, head, reasons, judged: null };
}
