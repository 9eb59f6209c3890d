import { basename, dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { POLICY_WORDS } from '@writ/contract';
import { checkToolDefinition } from '@writ/contract/schemas';
import {
  narrowPolicy,
  parsePolicy,
  printPolicy,
  type Policy,
  type PolicyResult,
  type Problem,
  type Vocabulary,
} from '@writ/policy';
import type { JsonObject } from '@writ/proof';
import { KNOWN_TOOLS, readKnownTool, readReleased } from '../files/known-tools.ts';
import { readInput } from '../files/read-input.ts';
import type { Call, Report } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { bad } from '../terminal/line.ts';

/** As much as a policy may have (spec/20-policy.md section 1); the next byte is enough to refuse it. */
const POLICY_BYTES_MAX = 4_194_305;
const TOOL_BYTES_MAX = 65_536;

export type PolicyRead =
  | { readonly kind: 'policy'; readonly policy: Policy; readonly text: string; readonly words: Vocabulary }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[]; readonly file: string };

/**
 * A policy as the options of the call have it read: with the packs that it names, the tools that are known,
 * and narrowed by the layers that are given.
 */
export async function readPolicy(call: Call, file: string): Promise<PolicyRead> {
  return readPolicyText(call, await readText(file, POLICY_BYTES_MAX), file);
}

/** The same of a text that stands, or would stand, in a file. */
export async function readPolicyText(call: Call, text: string, file: string): Promise<PolicyRead> {
  const words: Vocabulary = {
    ...POLICY_WORDS,
    tools: await readTools(call),
    packs: await findPacks(text, file),
  };
  let result: PolicyResult = parsePolicy(text, words);
  if (result.kind === 'refused') return { ...result, file };
  for (const layerFile of call.list('narrow')) {
    const layer = parsePolicy(asLayer(await readText(layerFile, POLICY_BYTES_MAX)), words);
    if (layer.kind === 'refused') return { ...layer, file: layerFile };
    result = narrowPolicy(result.policy, layer.policy, words);
    if (result.kind === 'refused') return { ...result, file: layerFile };
  }
  return { kind: 'policy', policy: result.policy, text, words };
}

/** A file of a repository need not say that it narrows: it can do nothing else. */
function asLayer(text: string): string {
  return /^layer:/m.test(text) || text.trimStart().startsWith('{') ? text : `${text}\nlayer: narrowing\n`;
}

export async function readText(file: string, bytes_max: number): Promise<string> {
  const bytes = await readInput(file, bytes_max);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliFailure('TEXT_NOT_UTF8', 'a policy is UTF-8 text');
  }
}

/** Those of this release, and those that are given: a later one stands for an earlier one of its name. */
async function readTools(call: Call): Promise<ReadonlyMap<string, JsonObject>> {
  const known = await Promise.all(KNOWN_TOOLS.map(readKnownTool));
  const given = await Promise.all(
    call.list('tool').map(async (file) => {
      const checked = checkToolDefinition(parseJson(await readText(file, TOOL_BYTES_MAX), file));
      if (checked.kind === 'valid') return checked.value;
      throw new CliFailure('MALFORMED', `${quoteText(file)} is no valid tool: ${checked.refusal.where}`);
    }),
  );
  return new Map([...known, ...given].map(({ name, parameters }) => [name, parameters]));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CliFailure('MALFORMED', `${quoteText(file)} is not JSON`);
  }
}

const PACK_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
/** Every word of the text may be the name of a pack; more files than this are never looked for. */
const PACKS_LOOKED_FOR_MAX = 256;

/**
 * Packs by name: beside the policy, then those of this release. Only names that stand in its list are read.
 */
async function findPacks(text: string, file: string): Promise<(name: string) => string | undefined> {
  const listed = /^packs:((?:.*\n?(?!\S))*)/m.exec(text)?.[1] ?? '';
  const names = new Set(listed.split(/[\s,[\]{}"']+/).filter((word) => PACK_NAME.test(word)));
  const own = basename(file).replace(/\.ya?ml$/, '');
  const found = new Map<string, string>();
  for (const name of [...names].slice(0, PACKS_LOOKED_FOR_MAX)) {
    const beside =
      name === own || file === '-'
        ? null
        : await readFile(join(dirname(file), `${name}.yaml`), 'utf8').catch(() => null);
    const pack = beside ?? (await readReleased('policies', `${name}.yaml`).catch(() => null));
    if (pack !== null) found.set(name, pack);
  }
  return (name) => found.get(name);
}

export type { Policy };

/** One text for it with all that it stands on, as a cell takes it. */
export function printedPolicy(policy: Policy): string {
  return printPolicy(policy);
}

/** All problems of a text are told together. */
export function refusal({ problems, file }: Extract<PolicyRead, { readonly kind: 'refused' }>): Report {
  return {
    exit: 1,
    lines: [
      bad(`${quoteText(file)} does not load:`),
      ...problems.map(({ code, line, column, message }) => bad(`  ${line}:${column} ${code} ${message}`)),
    ],
    json: { exit: 1, file, problems },
  };
}
