import { Buffer } from 'node:buffer';
import type { Id } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import { createPrivateFile, readPrivateFile } from '../home/private-file.ts';

/** What an installation knows of its cell before it opens it: which log, which key, who governs. */
export type CellSettings = {
  readonly format: 'writ-cell/v1';
  readonly origin: string;
  readonly vkey: string;
  readonly home: Id;
  readonly operator: Id;
};

const SETTINGS_BYTES_MAX = 4_096;

export async function readSettings(path: string): Promise<CellSettings | null> {
  const bytes = await readPrivateFile(path, SETTINGS_BYTES_MAX);
  if (bytes === 'missing') return null;
  const value = parsed(Buffer.from(bytes).toString('utf8'));
  if (isSettings(value)) return value;
  throw new CoreFailure('STORE_CORRUPT', `${path} is damaged: restore it, or recover into a new epoch`);
}

export async function writeSettings(path: string, settings: CellSettings): Promise<void> {
  await createPrivateFile(path, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`, 'utf8'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isSettings(value: unknown): value is CellSettings {
  if (typeof value !== 'object' || value === null) return false;
  // Each member is looked at below.
  const { format, origin, vkey, home, operator } = value as Partial<Record<keyof CellSettings, unknown>>;
  const texts = [origin, vkey, home, operator].every((member) => typeof member === 'string' && member !== '');
  return format === 'writ-cell/v1' && texts;
}
