import { ClientFailure } from '@writ/sdk';
import type { Place } from '../../program/command.ts';
import { type CellClients, openCellClients } from './cell-clients.ts';
import { ensureCell } from './start-cell.ts';

/**
 * The way to the cell: opened when it is needed, begun anew when it broke, with a cell that is started where
 * none answers.
 */
export type CellLink = {
  /**
   * INVARIANT: `work` may be done twice, so what it sends carries a key under which the same is the same.
   */
  ask<T extends Answered>(work: (clients: CellClients) => Promise<T>): Promise<T>;
};

/** What the client says of a request: a code where nothing came of it. */
type Answered = { readonly code?: unknown } | { readonly verdict: string };

const BROKEN = 'TRANSPORT_FAILED';

export function openCellLink(place: Place, pinned: Readonly<Record<string, string>>): CellLink {
  let opened: Promise<CellClients> | null = null;
  const open = (): Promise<CellClients> => {
    if (opened !== null) return opened;
    const mine = ensureCell(place).then((socket) => openCellClients(place, socket, pinned));
    opened = mine;
    // One that did not open is not kept: what was wrong may be mended by the next call.
    mine.catch(() => forget(mine));
    return mine;
  };
  // Of many that saw it break, the first begins anew for all.
  const forget = (mine: Promise<CellClients>): void => {
    if (opened === mine) opened = null;
  };
  return {
    async ask(work) {
      const mine = open();
      try {
        const answered = await work(await mine);
        if (!isBroken(answered)) return answered;
      } catch (error) {
        if (!(error instanceof ClientFailure) || error.code !== BROKEN) throw error;
      }
      forget(mine);
      return work(await open());
    },
  };
}

function isBroken(answered: Answered): boolean {
  return 'code' in answered && answered.code === BROKEN;
}
