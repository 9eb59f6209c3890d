import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cell, type CellSettings, commit, propose } from '@writ/cell';
import { decodeBase64url, printJson } from '@writ/proof';
import { type CellWorld, createWorld, proposalOf } from '../../cell/world.ts';
import { parsed } from '../read-store.ts';
import type { Target } from './change.ts';
import { copyStore, readRows, type Row } from './rows.ts';

/** A store with some history, an older copy of it, and what its keepers hold outside of it. */
export type TamperScene = {
  readonly folder: string;
  readonly directory: string;
  readonly older: string;
  readonly settings: CellSettings;
  readonly rows: readonly Row[];
  readonly target: Target;
  /** Index of the target. */
  readonly index: number;
  /** The newest signed note, as somebody else may hold it. */
  readonly note: string;
  /** The opened sealed part of the target. */
  readonly sealed: string;
  destroy(): void;
};

/** Where a sync costs nothing, if there is such a place. */
const MEMORY = '/dev/shm';
const ROUNDS = 3;
const AT_ONCE = 12;

export async function makeScene(): Promise<TamperScene> {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'writ-tamper-'));
  const world = await createWorld();
  const older = join(folder, 'older');
  const directory = join(folder, 'pristine');
  try {
    for (let round = 0; round < ROUNDS; round += 1) await work(world, `early ${round}`);
    await world.cell.close();
    copyStore(world.directory, older);
    const again = await world.reopen();
    for (let round = 0; round < ROUNDS; round += 1) await work(again, `late ${round}`);
    const { note } = again.cell.running.head();
    const rows = readRows(again.directory);
    const target = targetIn(rows);
    const index = indexOf(rows, target);
    const sealed = await openSealed(again.cell, rows, target);
    await again.cell.close();
    copyStore(world.directory, directory);
    const destroy = (): void => rmSync(folder, { recursive: true, force: true });
    return { folder, directory, older, settings: world.settings, rows, target, index, note, sealed, destroy };
  } finally {
    rmSync(world.directory, { recursive: true, force: true });
  }
}

/** At the same time, so that batches hold several records. */
async function work(world: CellWorld, name: string): Promise<void> {
  const one = async (n: number): Promise<void> => {
    const args = { path: `${name} file ${n}` };
    const { id } = await propose(world.cell, proposalOf(world, args));
    const args_text = printJson(args);
    await commit(world.cell, { by: world.agent, id, attempt: 'a', target: null, args_text, scene: null });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => one(n)));
}

/** The second decision of the largest row in the middle: it has neighbours on both sides. */
function targetIn(rows: readonly Row[]): Target {
  const third = Math.floor(rows.length / 3);
  for (let row = third; row < rows.length - third; row += 1) {
    const records = rows[row]?.records ?? [];
    const at = records.findIndex(({ head }, nth) => nth > 0 && parsed(head).kind === 'decision');
    if (at > 0 && at < records.length - 2) return { row, at };
  }
  throw new Error('no row in the middle has several records');
}

export function indexOf(rows: readonly Row[], { row, at }: Target): number {
  return rows.slice(0, row).reduce((sum, { records }) => sum + records.length, 0) + at;
}

async function openSealed(cell: Cell, rows: readonly Row[], target: Target): Promise<string> {
  const commitment = parsed(rows[target.row]?.records[target.at]?.head ?? '').parts.sealed ?? '';
  const content = await cell.ports.parts.get(indexOf(rows, target), decodeBase64url(commitment));
  if (typeof content === 'string') throw new Error(`the sealed part is ${content}`);
  return Buffer.from(content).toString('utf8');
}
