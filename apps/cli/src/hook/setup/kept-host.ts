import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type JsonValue, parseJson, printJson } from '@writ/proof';
import { replaceFile } from '../../files/replace-file.ts';
import type { HookPlaces } from '../door/places.ts';
import { isObject } from '../host/read-event.ts';
import type { HostFile } from './host-settings.ts';

/** The settings of the host as they were before us, and what was written over them. */
export type KeptHost = { readonly file: HostFile; readonly written: string };

const FORMAT = 'writ-host-settings/v1';

export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

export async function keepHost(places: HookPlaces, { file, written }: KeptHost): Promise<void> {
  await replaceFile(places.before, `${printJson({ format: FORMAT, ...file, written })}\n`);
}

export async function readKeptHost(places: HookPlaces): Promise<KeptHost | null> {
  const bytes = await readFile(places.before).catch(() => null);
  if (bytes === null) return null;
  const value: JsonValue = parseJson(bytes);
  if (!isObject(value) || value['format'] !== FORMAT) return null;
  const { path, text, mode, written } = value;
  if (typeof path !== 'string' || typeof written !== 'string') return null;
  return {
    file: {
      path,
      text: typeof text === 'string' ? text : null,
      mode: typeof mode === 'number' ? mode : null,
    },
    written,
  };
}
