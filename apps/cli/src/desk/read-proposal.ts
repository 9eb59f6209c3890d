import type { Action, Scene, Understanding } from '@writ/contract';
import { checkJudged } from '@writ/contract/schemas';
import { type JsonObject, type JsonValue, parseJson } from '@writ/proof';
import { readInput } from '../files/read-input.ts';
import { CliFailure } from '../program/failure.ts';

/** An action with what a door adds to it. The door's parsers come with the doors; here the file says it. */
export type ProposalFile = {
  readonly action: Action;
  readonly scene: Scene | null;
  readonly understanding: Understanding;
};

/** Far above the 48 KB that a record can seal, and little enough to hold. */
const PROPOSAL_BYTES_MAX = 1_048_576;
const MEMBERS: readonly string[] = ['action', 'scene', 'understanding'];

/** Reads and checks a proposal; what it does not declare is refused, what may be empty may be left out. */
export async function readProposal(path: string): Promise<ProposalFile> {
  const value = asObject(parseJson(await readInput(path, PROPOSAL_BYTES_MAX)), '');
  const stranger = Object.keys(value).some((member) => !MEMBERS.includes(member));
  if (stranger) throw malformed('a proposal has the members action, scene and understanding');
  const action = asObject(value['action'], '/action');
  const { understanding, scene = null } = value;
  // Any members: what they are is checked below.
  const full: Readonly<Record<string, JsonValue>> = { why: '', claims: [], evidence: [], ...action };
  const { tool, args, claims, evidence, why, ...rest } = full;
  if (Object.keys(rest).length > 0) throw malformed('/action has a member that is not declared');
  if (typeof why !== 'string') throw malformed('/action/why');
  // The contract checks these together: a judged action is made of them and of what the cell adds.
  const cellPart = { tool_digest: null, check: 'undeclared' };
  const judged = { ...cellPart, tool, args, scene, understanding, claims, evidence };
  const checked = checkJudged(judged);
  if (checked.kind === 'invalid') throw malformed(placeOf(checked.refusal.where));
  const valid = checked.value;
  return {
    action: { tool: valid.tool, args: valid.args, why, claims: valid.claims, evidence: valid.evidence },
    scene: valid.scene,
    understanding: valid.understanding,
  };
}

/** A JSON file of one object, of at most `bytes_max`. */
export async function readJsonObject(path: string, bytes_max: number): Promise<JsonObject> {
  return asObject(parseJson(await readInput(path, bytes_max)), '');
}

function asObject(value: JsonValue | undefined, where: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`an object is wanted${where === '' ? '' : ` at ${where}`}`);
  }
  // An object of JSON: arrays and null were just excluded, which the read-only array type hides.
  return value as JsonObject;
}

const OF_ACTION = /^\/(?:tool|args|claims|evidence)(?:\/|$)/;

function placeOf(where: string): string {
  return OF_ACTION.test(where) ? `/action${where}` : where;
}

function malformed(where: string): CliFailure {
  return new CliFailure('MALFORMED', `the proposal is not valid: ${where}`);
}
