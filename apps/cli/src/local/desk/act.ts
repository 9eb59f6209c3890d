import { commit, propose, type Proposed, proposeUnderstood, release, reportOutcome } from '@writ/cell';
import { ATTESTS_AS } from '@writ/contract';
import { encodeBase64url, printJson, printWrit } from '@writ/proof';
import type { ActionDesk, DeskBase, Proposing, Reporting, Spending } from '../../desk/desk.ts';
import type { Acted, Permitted } from '../../desk/shown.ts';
import type { Store } from '../store.ts';
import { explainIn } from './explain.ts';
import { whyIn } from './why.ts';

type Acting = Omit<ActionDesk, keyof DeskBase>;

export function actIn(store: Store): Acting {
  return {
    propose: (asked) => proposeIn(store, asked),
    commit: (asked) => commitIn(store, asked),
    outcome: (asked) => outcomeIn(store, asked),
    release: (asked) => releaseIn(store, asked),
    executorOf: (id) => Promise.resolve(executorIn(store, id)),
    ticketState: (ticket) => Promise.resolve(store.cell.running.state().tickets.get(ticket) ?? null),
    why: (id, as) => whyIn(store, id, as),
    explain: (asked) => explainIn(store, asked),
  };
}

async function proposeIn({ cell }: Store, asked: Proposing): Promise<Permitted> {
  const { understanding, idempotency: key, meets, ...rest } = asked;
  const idempotency = key === null ? null : { key, sent_at: Date.now() };
  const proposal = { ...rest, idempotency, met_obligations: null };
  const proposed =
    understanding === null
      ? await proposeUnderstood(cell, { ...proposal, declared: null, met_obligations: meets ?? [] })
      : await propose(cell, { ...proposal, understanding });
  const { answer, proven } = proposed;
  return { answer, proven, writ: writOf(proposed) };
}

function writOf({ answer, proven, nonce }: Proposed): string | null {
  const isPermitted = answer.kind === 'judged' && answer.expires_at !== null;
  return isPermitted && proven !== null ? printWrit({ head: proven.head, nonce, proof: proven.proof }) : null;
}

function commitIn({ cell }: Store, { by, id, attempt, target, args, scene }: Spending): Promise<Acted> {
  return commit(cell, { by, id, attempt, target, args_text: printJson(args), scene });
}

function outcomeIn({ cell }: Store, { by, ...report }: Reporting): Promise<Acted> {
  const kind = cell.running.state().principals.get(by)?.definition.kind;
  // Who is not registered is refused for that.
  const attested_by = (kind === undefined ? null : ATTESTS_AS[kind]) ?? 'agent';
  return reportOutcome(cell, { by, attested_by, ...report });
}

async function releaseIn(
  { cell, book }: Store,
  { by, ticket, scene }: Parameters<Acting['release']>[0],
): Promise<Permitted> {
  const { answer, proven } = await release(cell, { by, ticket, scene, claim: null });
  const isPermitted = answer.kind === 'judged' && answer.expires_at !== null;
  if (!isPermitted || proven === null) return { answer, proven, writ: null };
  const ns = cell.running.state().principals.get(by)?.ns ?? book.ns;
  const nonce = encodeBase64url(cell.hashes(ns).nonce(answer.id));
  return { answer, proven, writ: printWrit({ head: proven.head, nonce, proof: proven.proof }) };
}

function executorIn({ cell }: Store, id: string): string | null {
  const { permitted, committed, finished } = cell.running.state();
  return (permitted.get(id) ?? committed.get(id) ?? finished.get(id))?.executor ?? null;
}
