import { readFile } from 'node:fs/promises';
import { isObject } from '../host/read-event.ts';
import { type JsonValue, parseJson, printJson } from '@writ/proof';
import { replaceFile } from '../../files/replace-file.ts';
import type { Environment } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import type { HookPlaces } from './places.ts';

/** What the installation settled, and a door begins with. For its owner alone: it holds the door's key. */
export type HookSettings = {
  /** On the loopback address. */
  readonly port: number;
  /** What a host shows in the header `Authorization`. It opens this door and nothing of the cell. */
  readonly key: string;
  /** The whole environment of every command that runs here. */
  readonly environment: Environment;
  /** The file of the host's own settings that names this door. */
  readonly host_settings: string;
  readonly way: 'http' | 'command';
  /** Digests of the standard tools as they were declared when a person installed this: pinned. */
  readonly tools: Readonly<Record<string, string>>;
};

const FORMAT = 'writ-hook/v1';

export async function readHookSettings(places: HookPlaces): Promise<HookSettings | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(places.settings);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return parse(parseJson(bytes)) ?? fail(places);
}

export async function writeHookSettings(places: HookPlaces, settings: HookSettings): Promise<void> {
  const { port, key, host_settings, way, tools } = settings;
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings.environment)) {
    if (value !== undefined) environment[name] = value;
  }
  const text = printJson({ format: FORMAT, port, key, environment, host_settings, way, tools });
  await replaceFile(places.settings, `${text}\n`);
}

function parse(value: JsonValue): HookSettings | null {
  if (!isObject(value) || value['format'] !== FORMAT) return null;
  const { port, key, environment, host_settings, way } = value;
  if (typeof port !== 'number' || typeof key !== 'string' || typeof host_settings !== 'string') return null;
  const [variables, tools] = [textsIn(environment), textsIn(value['tools'])];
  if ((way !== 'http' && way !== 'command') || variables === null || tools === null) return null;
  return { port, key, environment: variables, host_settings, way, tools };
}

function textsIn(value: JsonValue | undefined): Readonly<Record<string, string>> | null {
  if (!isObject(value)) return null;
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string') return null;
    texts[name] = text;
  }
  return texts;
}

function fail({ settings }: HookPlaces): never {
  throw new CliFailure('HOOK_DAMAGED', `${settings} is damaged: writ install claude-code makes it anew`);
}
