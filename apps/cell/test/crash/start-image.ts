import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { propose } from '@writ/cell';
import { decodeBase64url } from '@writ/proof';
import { openIn, proposalOf } from '../cell/world.ts';
import type { Acknowledged } from './load-lines.ts';
import { journalOf, parsed, readJournal } from './read-store.ts';
import { findLost } from './find-lost.ts';

/**
 * Starts a cell from what its disks held, and looks for what had been acknowledged: null when the cell
 * starts, has every record and sealed part of it, and goes on; else what is wrong.
 */
export async function faultOfStart(
  directory: string,
  agent: string,
  image: ReadonlyMap<string, Uint8Array>,
  acknowledged: readonly Acknowledged[],
): Promise<string | null> {
  layImage(directory, image);
  let fault: string | null;
  try {
    fault = await startAndLook(directory, agent, acknowledged);
  } catch (failure) {
    return `does not start: ${String(failure)}`;
  }
  return fault ?? findLost(readJournal(journalOf(directory)), acknowledged)[0] ?? null;
}

function layImage(directory: string, image: ReadonlyMap<string, Uint8Array>): void {
  for (const name of ['state', 'config']) rmSync(join(directory, name), { recursive: true, force: true });
  for (const [path, bytes] of image) {
    mkdirSync(dirname(join(directory, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, path), bytes, { mode: 0o600 });
  }
}

async function startAndLook(
  directory: string,
  agent: string,
  acknowledged: readonly Acknowledged[],
): Promise<string | null> {
  const cell = await openIn(directory);
  try {
    for (const { proved } of acknowledged) {
      const commitment = proved === null ? null : parsed(proved.head).parts.sealed;
      if (proved === null || commitment === null) continue;
      const content = await cell.ports.parts.get(proved.index, decodeBase64url(commitment));
      if (typeof content === 'string') return `the sealed part of ${proved.index} is ${content}`;
    }
    const { answer } = await propose(cell, proposalOf({ agent }, { path: 'after the image' }));
    return answer.kind === 'judged' && answer.verdict === 'ALLOW' ? null : 'it does not go on';
  } finally {
    await cell.close();
  }
}
