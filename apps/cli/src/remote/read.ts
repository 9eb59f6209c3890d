import { concatBytes, decodeBase64, Failure, frontierOf, type Head } from '@writ/proof';
import type { DeskBase, LogDesk, LogPage } from '../desk/desk.ts';
import { contradicts, headOf, valueOf } from './answers.ts';
import { operatorClient, type Session } from './session.ts';

/** Proofs that are asked for at once. */
const PROOFS_AT_ONCE = 8;

export function readAt(session: Session): Omit<LogDesk, keyof DeskBase> {
  return {
    async status() {
      const client = await operatorClient(session);
      const { term, frozen, failed, ...counts } = valueOf(await client.call('getStatus', {}));
      return { term, frozen, failed, counts };
    },
    async checkpoint() {
      const client = await operatorClient(session);
      return valueOf(await client.call('getCheckpoint', {}));
    },
    batches: (from) => batchesAt(session, from),
    async consistency(from) {
      const client = await operatorClient(session);
      const { checkpoint, hashes } = valueOf(await client.call('getConsistency', { query: { from } }));
      return { checkpoint, hashes: hashes.map(hashIn) };
    },
    heads: (from, count) => headsAt(session, from, count),
  };
}

/** Each head with its own proof: a list of them would prove nothing. */
async function headsAt(
  session: Session,
  from: number,
  count: number,
): Promise<readonly { readonly index: number; readonly head: Head }[]> {
  const client = await operatorClient(session);
  const read = async (index: number) => {
    const proven = valueOf(await client.call('getProof', { path: { index: String(index) } }));
    if (proven.index !== index) throw contradicts();
    return { index, head: headOf(proven) };
  };
  const heads: { readonly index: number; readonly head: Head }[] = [];
  for (let at = from; at < from + count; at += PROOFS_AT_ONCE) {
    const indexes = Array.from(
      { length: Math.min(PROOFS_AT_ONCE, from + count - at) },
      (_, more) => at + more,
    );
    heads.push(...(await Promise.all(indexes.map(read))));
  }
  return heads;
}

async function batchesAt(session: Session, from: number): Promise<LogPage> {
  const client = await operatorClient(session);
  const page = valueOf(await client.call('listBatches', { query: { from } }));
  if (page.from !== from) throw contradicts();
  try {
    return { before: frontierOf(from, concatBytes(...page.peaks.map(hashIn))), batches: page.batches };
  } catch (error) {
    if (error instanceof Failure) throw contradicts();
    throw error;
  }
}

function hashIn(text: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch (error) {
    if (error instanceof Failure) throw contradicts();
    throw error;
  }
}
