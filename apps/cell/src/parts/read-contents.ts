import { Buffer } from 'node:buffer';
import type { DataKey, Keystore } from '../sealing/keystore.ts';
import { packRequests } from './pack-parts.ts';
import type { PartContent, PartRequest } from './part-store.ts';
import { failureFrom, type PartWorker } from './part-worker.ts';
import type { PartAnswer } from './protocol.ts';

type DataKeys = Pick<Keystore, 'dataKey'>;

/** Reads all; what is sealed under keys that the worker has not seen yet is asked for again with them. */
export async function readContents(
  worker: PartWorker,
  keys: DataKeys,
  requests: readonly PartRequest[],
): Promise<readonly PartContent[]> {
  const contents: PartContent[] = [];
  const again: { readonly position: number; readonly key: DataKey }[] = [];
  const first = await worker.ask('get', { ...packRequests(requests), keys: [] });
  for (const [position, answer] of first.answers.entries()) {
    const key = answer.kind === 'sealed' ? currentKey(keys, answer) : undefined;
    if (key !== undefined) again.push({ position, key });
    contents[position] = contentOf(answer, first.content);
  }
  if (again.length === 0) return contents;
  const repeated = again.flatMap(({ position }) => requests[position] ?? []);
  const asked = { ...packRequests(repeated), keys: distinctKeys(again.map(({ key }) => key)) };
  const second = await worker.ask('get', asked);
  for (const [order, answer] of second.answers.entries()) {
    const position = again[order]?.position;
    if (position !== undefined) contents[position] = contentOf(answer, second.content);
  }
  return contents;
}

function currentKey(keys: DataKeys, answer: Extract<PartAnswer, { kind: 'sealed' }>): DataKey | undefined {
  const key = keys.dataKey(answer.domain);
  const fits = key !== undefined && Buffer.from(key.id).equals(answer.key_id);
  return fits ? key : undefined;
}

function distinctKeys(keys: readonly DataKey[]): readonly DataKey[] {
  return [...new Set(keys)];
}

function contentOf(answer: PartAnswer, content: Uint8Array): PartContent {
  switch (answer.kind) {
    case 'content':
      return content.subarray(answer.start, answer.end);
    case 'missing':
      return 'missing';
    case 'erased':
    case 'sealed':
      // Sealed under a key that no longer exists: erased, whether or not its bytes are overwritten yet.
      return 'erased';
    case 'failed':
      throw failureFrom(answer.failure);
  }
}
