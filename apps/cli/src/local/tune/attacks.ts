import type { JsonObject, Scene } from '@writ/contract';
import { parseJson } from '@writ/proof';
import { readReleased } from '../../files/known-tools.ts';
import { isObject } from '../../hook/host/read-event.ts';
import { CliFailure } from '../../program/failure.ts';

/** The lists of hostile actions that this program brings along, in `vectors/attacks`. */
const FAMILIES = [
  'capture',
  'destroy',
  'drop',
  'foreign-code',
  'itself',
  'metadata',
  'outward',
  'persist',
  'power',
  'secrets',
  'shells',
  'traces',
] as const;

/** A line as it is shipped; `{{host}}` and `{{branch}}` stand for whatever is about to be trusted. */
export type AttackLine = { readonly family: string; readonly line: string };

export type Attack = { readonly tool: string; readonly args: JsonObject; readonly line: string };

export async function readAttacks(): Promise<readonly AttackLine[]> {
  const texts = await Promise.all(
    FAMILIES.map(async (family) => ({
      family,
      text: await readReleased('vectors/attacks', `${family}.jsonl`),
    })),
  );
  return texts.flatMap(({ family, text }) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ family, line })),
  );
}

export type Trusted = { readonly host: string; readonly branch: string };

/** Nobody trusts these: what a line is about where nothing else is. */
export const NOBODY: Trusted = { host: 'host.example.com', branch: 'some/branch' };

/** The action of a line, against names that are about to be trusted. */
export function makeAttack({ line }: AttackLine, { branch, host }: Trusted): Attack {
  const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
  const filled = line.replaceAll('{{host}}', quoted(host)).replaceAll('{{branch}}', quoted(branch));
  const value = parseJson(new TextEncoder().encode(filled));
  const { args, tool } = isObject(value) ? value : {};
  if (typeof tool !== 'string' || !isObject(args))
    throw new CliFailure('MALFORMED', 'a line of vectors/attacks');
  return { tool, args, line: filled };
}

export function isAbout(kind: keyof Trusted, { line }: AttackLine): boolean {
  return line.includes(`{{${kind}}}`);
}

const PROJECT = '/srv/dev/project';

/** A workspace of which a snapshot can be taken: the mildest scene there is. */
export const ATTACK_SCENE: Scene = {
  directory: PROJECT,
  home: '/srv/dev',
  roots: [PROJECT],
  shell: '/bin/bash',
  items: [{ kind: 'undo', name: PROJECT, digest: 'A'.repeat(43), used: true }],
};
