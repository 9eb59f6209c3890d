import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ToolDefinition } from '@writ/contract';
import { checkToolDefinition } from '@writ/contract/schemas';
import { CliFailure } from '../program/failure.ts';

/** The tools that this program brings along as data, in the folder `tools`. */
export const KNOWN_TOOLS = [
  'shell.run',
  'program.run',
  'file.read',
  'file.write',
  'file.edit',
  'file.search',
  'http.request',
  'web.search',
  'host.step',
  'snapshot.restore',
] as const;
export type KnownTool = (typeof KNOWN_TOOLS)[number];

export function isKnownTool(name: string): name is KnownTool {
  return KNOWN_TOOLS.some((known) => known === name);
}

/** The definition as it lies in the release. */
export async function readKnownTool(name: KnownTool): Promise<ToolDefinition> {
  const text = await readReleased('tools', `${name}.json`);
  const checked = checkToolDefinition(JSON.parse(text));
  if (checked.kind === 'valid') return checked.value;
  throw new CliFailure('MALFORMED', `the tool ${name} of this release is not valid`);
}

/** A file of the release, beside the program: from sources as from what was built of them. */
export async function readReleased(folder: string, name: string): Promise<string> {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    const text = await readFile(join(at, folder, name), 'utf8').catch(() => null);
    if (text !== null) return text;
    if (dirname(at) === at)
      throw new CliFailure('INPUT_MISSING', `${folder}/${name} of this release is gone`);
  }
}
