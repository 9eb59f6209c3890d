import { Buffer } from 'node:buffer';
import type { CellSettings } from '../cell/settings.ts';
import { readPrivateFile } from '../home/private-file.ts';
import { DrillFailure } from './failure.ts';

/** A new epoch that is laid whole and durable, and only has to be put in the place of the old one. */
export type Intent = {
  readonly format: 'writ-epoch/v1';
  readonly reason: 'restore' | 'recover';
  readonly settings: CellSettings;
  /** The signed checkpoint of the new log at size 1: its first anchor. */
  readonly checkpoint: string;
  /** What is told to whoever asked, also when it was another process that finished. */
  readonly began: EpochBegan;
};

export type EpochBegan = {
  /** Origin of the new log and of the one that it continues, and how much of that was kept. */
  readonly origin: string;
  readonly predecessor: { readonly origin: string; readonly size: number; readonly root: string };
  /** Records that were signed and are not in what was kept; null when nobody here knows. */
  readonly lost: number | null;
};

const INTENT_BYTES_MAX = 65_536;

export function printIntent(intent: Intent): Uint8Array {
  return Buffer.from(`${JSON.stringify(intent, null, 1)}\n`, 'utf8');
}

/** Written by `createPrivateFile`, so it is whole or not there; private, so it is ours. */
export async function readIntent(path: string): Promise<Intent | null> {
  const bytes = await readPrivateFile(path, INTENT_BYTES_MAX);
  if (bytes === 'missing') return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const intent = value as Intent; // the format line stands for all of it
    if (intent.format === 'writ-epoch/v1') return intent;
  } catch (cause) {
    throw new DrillFailure('EPOCH_UNFINISHED', `${path} is damaged`, null, cause);
  }
  throw new DrillFailure('EPOCH_UNFINISHED', `${path} is of a form that this Writ does not know`);
}
