import type { CellEvent } from '../core/cell-ports.ts';
import { CoreFailure } from '../core/failure.ts';

/** Whoever read the state of the writer waits here until all of it is durable (HEART §5). */
export type Durability = {
  /** Resolves when so many records are durable; rejects when the state that counted them was thrown away. */
  upTo(size: number): Promise<void>;
  reached(size: number): void;
  /** Listens to what the cell reports, and passes it on. */
  watching(report: (event: CellEvent) => void): (event: CellEvent) => void;
};

type Waiter = { readonly size: number; resolve(): void; reject(reason: Error): void };

export function openDurability(durableSize: () => number): Durability {
  let waiting: Waiter[] = [];
  return {
    upTo(size) {
      if (size <= durableSize()) return Promise.resolve();
      return new Promise((resolve, reject) => void waiting.push({ size, resolve, reject }));
    },
    reached(size) {
      if (waiting.length === 0) return;
      const there = waiting.filter((waiter) => waiter.size <= size);
      waiting = waiting.filter((waiter) => waiter.size > size);
      for (const { resolve } of there) resolve();
    },
    watching: (report) => (event) => {
      // Other records may come to stand where those were: a size alone would say nothing.
      const isLost = event.kind === 'failed' || event.kind === 'down';
      for (const { reject } of isLost ? waiting.splice(0) : [])
        reject(new CoreFailure('UNAVAILABLE', 'what was read did not become durable; ask again'));
      report(event);
    },
  };
}
