import { randomUUID } from 'node:crypto';
import type { PrincipalDefinition, Scope } from '@writ/contract';
import { checkPrincipalDefinition } from '@writ/contract/schemas';
import type { JsonObject } from '@writ/proof';
import { HANDLE, writeBook } from '../client/address-book.ts';
import { keepKeyOf } from '../client/kept-keys.ts';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { good, plain } from '../terminal/line.ts';
import { mustBeDone } from './answers.ts';
import type { Desk } from './desk.ts';
import { OPERATOR_NAME } from './keys/find-principal.ts';
import { DAYS, handOver, wholeKey } from './keys/hand-over.ts';
import { oneOf } from '../program/read-words.ts';
import { readJsonObject } from './read-proposal.ts';
import { withDesk } from './with-desk.ts';

const KINDS = ['agent', 'executor', 'human'] as const;
const PROFILE_BYTES_MAX = 65_536;

const NOTHING = { executor: null, root: null, cnf: null, expires_at: null } as const;

/** Profiles to begin with: narrow, and as strong as a door on this machine can be without being measured. */
const PROFILES: Readonly<Record<(typeof KINDS)[number], PrincipalDefinition>> = {
  agent: {
    kind: 'agent',
    scopes: ['commit', 'outcome', 'propose'],
    effects: ['READ_REPO', 'READ_CONFIG', 'COMPUTE', 'WRITE_PATCH', 'RUN_TESTS'],
    risk_cap: 500_000,
    wall: 1,
    ...NOTHING,
    limits: { actions_per_minute: 600, open_writs: 100, pending_tickets: 5 },
  },
  executor: {
    kind: 'executor',
    scopes: ['commit', 'outcome'],
    effects: [],
    risk_cap: 0,
    wall: 1,
    ...NOTHING,
    limits: { actions_per_minute: 0, open_writs: 0, pending_tickets: 0 },
  },
  human: {
    kind: 'human',
    scopes: ['approve', 'explain', 'freeze', 'read', 'thaw'],
    effects: [],
    risk_cap: 0,
    wall: 0,
    ...NOTHING,
    limits: { actions_per_minute: 0, open_writs: 0, pending_tickets: 0 },
  },
};

export const run: Run = async (call) => {
  const [kindText = '', name = `p-${randomUUID().slice(0, 8)}`] = call.operands;
  const kind = oneOf(KINDS, kindText, 'the kind');
  if (!HANDLE.test(name)) throw new CliFailure('USAGE', 'a name is lower-case letters, digits, . _ and -');
  const path = call.text('profile');
  const changes = path === null ? {} : await readJsonObject(path, PROFILE_BYTES_MAX);
  const definition = profileOf(kind, changes);
  return withDesk(call, async (desk) => {
    const { book, client } = desk;
    if (name === OPERATOR_NAME || book.principals.some((known) => known.name === name)) {
      throw new CliFailure('ALREADY_EXISTS', 'there is a principal of this name: see writ principal list', 1);
    }
    const registered = await desk.addPrincipal(name, definition);
    const { index } = mustBeDone(registered);
    const id = registered.principal;
    const key = kind === 'human' ? null : await keepKey(desk, name, { id, scopes: definition.scopes });
    await writeBook(client, { ...book, principals: [...book.principals, { name, id, kind }] });
    return {
      exit: 0,
      lines: [
        good(`${kind} "${name}" is registered: ${id}, record ${index}`),
        ...(key === null ? [] : [plain(`  this client keeps a key of it: ${key}, good for ${DAYS} days`)]),
      ],
      json: { exit: 0, id, name, kind, index, definition, key, proven: registered.proven },
    };
  });
};

/**
 * What lies under this name belongs to nobody that has it: a call that was interrupted left it. The handle is
 * written last, so that whoever has one has a key.
 */
async function keepKey(
  desk: Desk,
  name: string,
  owner: { readonly id: string; readonly scopes: readonly Scope[] },
): Promise<string> {
  const asked = wholeKey({ ...owner, ns: desk.book.ns }, desk.now_ms());
  const { credential, answer } = await handOver(desk, asked, await keepKeyOf(desk.client, name));
  mustBeDone({ answer });
  return credential;
}

/** The members of the profile replace those of the kind's own; the whole is checked as any other. */
function profileOf(kind: (typeof KINDS)[number], changes: JsonObject): PrincipalDefinition {
  const checked = checkPrincipalDefinition({ ...PROFILES[kind], ...changes, kind });
  if (checked.kind === 'valid') return checked.value;
  throw new CliFailure('MALFORMED', `the profile is not valid: ${checked.refusal.where}`);
}
