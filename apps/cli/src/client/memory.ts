import { readFile } from 'node:fs/promises';
import {
  checkpointAdvances,
  emptyMemory,
  type Memory,
  parseMemory,
  printMemory,
  remember,
  type RememberedCheckpoint,
} from '@writ/proof';
import { replaceFile } from '../files/replace-file.ts';
import { CliFailure } from '../program/failure.ts';
import { type ClientHome, openClientHome } from './client-home.ts';
import { lockClient } from './lock-client.ts';

/** The largest checkpoint of each log that this client has seen. */
export async function readMemory(home: ClientHome): Promise<Memory> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(home.memory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return emptyMemory();
    throw error;
  }
  try {
    return parseMemory(bytes);
  } catch {
    // Starting anew would forget in silence what a rollback could hide behind.
    throw new CliFailure(
      'MEMORY_DAMAGED',
      `${home.memory} is damaged: restore it, or remove it knowingly`,
      1,
    );
  }
}

/** Durable when it resolves. A smaller checkpoint than the remembered one changes nothing. */
export async function keepCheckpoint(home: ClientHome, checkpoint: RememberedCheckpoint): Promise<void> {
  await openClientHome(home);
  await lockClient(home, async () => {
    const memory = await readMemory(home);
    const seen = memory.checkpoints.get(checkpoint.origin);
    if (seen !== undefined && seen.size >= checkpoint.size) return;
    const next = remember(memory, { checkpoint, action: null }, memory.forgotten_before_ms);
    await replaceFile(home.memory, printMemory(next));
  });
}

/** Refuses a checkpoint that cannot follow the remembered one, and shows both: together they are evidence. */
export function checkAdvance(
  memory: Memory,
  checkpoint: RememberedCheckpoint,
  consistency: readonly Uint8Array[],
): void {
  const advance = checkpointAdvances(memory, checkpoint, consistency);
  const seen = memory.checkpoints.get(checkpoint.origin);
  if (advance.verdict === 'ok' || seen === undefined) return;
  throw contradiction(advance.verdict === 'rolled_back' ? 'ROLLED_BACK' : 'FORKED', seen, checkpoint);
}

export function contradiction(
  code: 'ROLLED_BACK' | 'FORKED',
  seen: RememberedCheckpoint,
  shown: RememberedCheckpoint,
): CliFailure {
  const what = code === 'FORKED' ? 'does not continue' : 'is smaller than';
  const both = `remembered ${oneLine(seen.note)}; shown ${oneLine(shown.note)}`;
  return new CliFailure(code, `the log ${what} what this client has seen: ${both}. Keep both notes`, 1);
}

function oneLine(note: string): string {
  return note.trimEnd().replaceAll('\n', ' | ');
}
