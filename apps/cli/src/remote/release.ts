import { printWrit } from '@writ/proof';
import type { Client } from '@writ/sdk';
import type { ActionDesk } from '../desk/desk.ts';
import type { Permitted } from '../desk/shown.ts';
import { contradicts, headOf, judgedFrom } from './answers.ts';
import { sceneOf } from './scene.ts';
import { clientOf, type Session } from './session.ts';

/**
 * An approved ticket as a writ. The record must release this ticket to the executor of whoever asks; that it
 * is for the same arguments is seen when it is spent.
 */
export async function releaseAt(
  session: Session,
  { by, ticket, scene }: Parameters<ActionDesk['release']>[0],
): Promise<Permitted> {
  return releaseTo(await clientOf(session, by), () => session.executorFor(by), { ticket, scene });
}

/** The same through a client that is open already. */
export async function releaseTo(
  client: Client,
  executorOf: () => Promise<string>,
  { ticket, scene }: Omit<Parameters<ActionDesk['release']>[0], 'by'>,
): Promise<Permitted> {
  const body = { scene: sceneOf(scene), claim: null };
  const called = await client.call('releaseTicket', { path: { id: ticket }, body });
  if (called.kind === 'problem') {
    const { code, answer, proven = null } = called.problem;
    const judged = proven !== null && headOf(proven).kind === 'release';
    const reasons = answer?.kind === 'judged' || answer?.kind === 'refused' ? answer.reasons : [];
    if (judged) return { answer: judgedFrom(proven, reasons), proven, writ: null };
    const drift = answer?.kind === 'refused' ? answer.drift : [];
    const index = proven?.index ?? null;
    return { answer: { kind: 'refused', index, code, drift, reasons }, proven, writ: null };
  }
  const { answer, proven, nonce } = called.value;
  if (proven === null || answer.kind !== 'judged') throw contradicts();
  const head = headOf(proven);
  const executor = await executorOf();
  const isOurs = head.kind === 'release' && head.id === answer.id && head.executor === executor;
  if (!isOurs || head.verdict !== answer.verdict) throw contradicts();
  const isPermitted = head.verdict === 'ALLOW' && head.expires_at !== null && nonce !== null;
  const writ = isPermitted ? printWrit({ head: proven.head, nonce, proof: proven.proof }) : null;
  return { answer: judgedFrom(proven, answer.reasons), proven, writ };
}
