import { EFFECTS, type PrincipalDefinition } from '@writ/contract';
import { digestOfTool } from '@writ/sdk';
import { type AddressBook, writeBook } from '../../client/address-book.ts';
import { keepKeyOf, readKeyOf } from '../../client/kept-keys.ts';
import { mustBeDone } from '../../desk/answers.ts';
import type { Desk } from '../../desk/desk.ts';
import { handOver, wholeKey } from '../../desk/keys/hand-over.ts';
import { KNOWN_TOOLS, readKnownTool, readReleased } from '../../files/known-tools.ts';
import { CliFailure } from '../../program/failure.ts';
import { AGENT_HANDLE, DOOR_HANDLE } from '../door/cell-clients.ts';

const POLICY = 'coding.yaml';

/**
 * It begins observing: what would be refused or asked is recorded, and only what is final holds. Its wall is
 * the claim of whoever enforces, by a record of its own.
 */
const DOOR: PrincipalDefinition = {
  kind: 'executor',
  scopes: ['commit', 'outcome'],
  effects: [],
  risk_cap: 0,
  wall: 0,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 0, open_writs: 0, pending_tickets: 0 },
};

/** What it may do is for the policy to say, call by call; this is what its key can never do. */
function agentOf(executor: string): PrincipalDefinition {
  return {
    ...DOOR,
    kind: 'agent',
    scopes: ['commit', 'outcome', 'propose'],
    effects: EFFECTS,
    risk_cap: 1_000_000,
    wall: 1,
    executor,
    // Several sessions at once, each with helpers that read and search many files a second.
    limits: { actions_per_minute: 6_000, open_writs: 500, pending_tickets: 20 },
  };
}

export type Furnished = {
  readonly said: readonly string[];
  /** Digests of the standard tools, as they are declared by now. */
  readonly tools: Readonly<Record<string, string>>;
};

/** Declares what is missing in the cell for the door, and says what that was. */
export async function furnish(desk: Desk): Promise<Furnished> {
  const said: string[] = [];
  const declared = await desk.tools();
  const tools: Record<string, string> = {};
  for (const name of KNOWN_TOOLS) {
    const definition = await readKnownTool(name);
    const [known, ours] = [declared.get(name), digestOfTool(definition)];
    tools[name] = known ?? ours;
    // What somebody declared otherwise is theirs to change.
    if (known !== undefined && known !== ours)
      said.push(`tool ${name} is declared otherwise here, and stays so: writ tool add ${name} --known`);
    if (known !== undefined) continue;
    mustBeDone(await desk.addTool(definition));
    said.push(`tool ${name} is declared`);
  }
  if (!(await desk.hasPolicy())) {
    const set = await desk.setPolicy(await readReleased('policies', POLICY));
    if (set.kind === 'refused') throw new CliFailure('POLICY_INVALID', `the pack ${POLICY} does not load`);
    mustBeDone(set);
    said.push(`the policy ${POLICY} is in force`);
  }
  const door = await register(desk, DOOR_HANDLE, DOOR, said);
  await register(door.desk, AGENT_HANDLE, agentOf(door.id), said);
  return { said, tools };
}

/** One of this name, with a key that this client keeps. What is there stays as it is, in its mode too. */
async function register(
  desk: Desk,
  name: string,
  definition: PrincipalDefinition,
  said: string[],
): Promise<{ readonly id: string; readonly desk: Desk }> {
  const { book, client } = desk;
  const known = book.principals.find((one) => one.name === name);
  const id = known?.id ?? (await addOne(desk, name, definition, said));
  if ((await readKeyOf(client, name)) === null) {
    const asked = wholeKey({ id, ns: book.ns, scopes: definition.scopes }, desk.now_ms());
    mustBeDone(await handOver(desk, asked, await keepKeyOf(client, name)));
    said.push(`a key of ${name} is kept in ${client.keys}`);
  }
  if (known !== undefined) return { id, desk };
  // The handle last: whoever has one has a key.
  const principals: AddressBook['principals'] = [...book.principals, { name, id, kind: definition.kind }];
  await writeBook(client, { ...book, principals });
  return { id, desk: { ...desk, book: { ...book, principals } } };
}

async function addOne(
  desk: Desk,
  name: string,
  definition: PrincipalDefinition,
  said: string[],
): Promise<string> {
  const added = await desk.addPrincipal(name, definition);
  const { index } = mustBeDone(added);
  said.push(`${definition.kind} ${name} is registered, record ${index}`);
  return added.principal;
}
