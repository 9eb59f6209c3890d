import type { Disk } from '../../src/parts/disk.ts';
import { packParts, packRequests } from '../../src/parts/pack-parts.ts';
import type { Part } from '../../src/parts/part-store.ts';
import type { PartRequestMessage, PartResponseMessage } from '../../src/parts/protocol.ts';
import { type PartServer, servePartFiles } from '../../src/parts/serve-parts.ts';
import type { DataKey } from '../../src/sealing/keystore.ts';
import { commitmentOf } from './contract.ts';

export const dataKeys: Readonly<Record<string, DataKey>> = {
  ns_a: { id: new Uint8Array(8).fill(1), key: new Uint8Array(32).fill(1) },
  ns_b: { id: new Uint8Array(8).fill(2), key: new Uint8Array(32).fill(2) },
};

/** The worker's side without its thread, over a disk of the test's choosing. */
export type Served = {
  put(...parts: readonly Part[]): void;
  putTogether(...calls: readonly (readonly Part[])[]): readonly PartResponseMessage[];
  read(index: number, text: string): string;
  erase(...indexes: readonly number[]): void;
  eraseDomain(domain: string): void;
  sweep(durableSize: number): number;
  close(): void;
};

export function serve(directory: string, disk: Disk, keys = dataKeys): Served {
  const server: PartServer = servePartFiles(directory, disk);
  const ask = (request: PartRequestMessage): unknown => {
    const [response] = server([request]);
    if (response?.ok === true) return response.value;
    throw Object.assign(new Error(response?.failure.detail), { code: response?.failure.code });
  };
  const putRequest = (parts: readonly Part[], id: number): PartRequestMessage => ({
    kind: 'put',
    id,
    batch: packParts(parts, (domain) => keys[domain]),
  });
  return {
    put: (...parts) => void ask(putRequest(parts, 1)),
    putTogether: (...calls) => server(calls.map(putRequest)),
    read(index, text) {
      const packed = packRequests([{ index, commitment: commitmentOf(text) }]);
      const [response] = server([{ kind: 'get', id: 1, ...packed, keys: Object.values(keys) }]);
      if (response?.ok !== true) return `(${response?.failure.code})`;
      if (typeof response.value !== 'object' || !('answers' in response.value)) return '(no answer)';
      const [answer] = response.value.answers;
      if (answer?.kind === 'failed') return `(${answer.failure.code} ${answer.failure.index})`;
      if (answer?.kind !== 'content') return `(${answer?.kind})`;
      return new TextDecoder().decode(response.value.content.subarray(answer.start, answer.end));
    },
    erase: (...indexes) => void ask({ kind: 'erase', id: 1, indexes }),
    eraseDomain(domain) {
      let cursor: { segment: number; offset: number } | undefined;
      do {
        const slice = ask({ kind: 'erase-domain', id: 1, domain, keep: undefined, cursor });
        cursor = (slice as { next: typeof cursor }).next;
      } while (cursor !== undefined);
    },
    sweep: (durable_size) => Number(ask({ kind: 'sweep', id: 1, durable_size, orphans_max: 1000 })),
    close: () => void ask({ kind: 'close', id: 1 }),
  };
}
