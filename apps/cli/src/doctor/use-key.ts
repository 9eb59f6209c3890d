import { randomBytes } from 'node:crypto';
import { HUMAN_ONLY_SCOPES } from '@writ/contract';
import { type Access, OPERATIONS, type Operation } from '@writ/contract/api';
import { ACCESS_KEY_SECRET_CHARACTERS, printAccessKey } from '@writ/proof';
import { type Answer, ask, memberOf, parsed } from './ask.ts';
import { broke, type Finding, held, notMeasured, OBSERVED, START_CELL, OWNER } from './finding.ts';
import type { LiveDoor } from './live-doors.ts';
import type { Vantage } from './vantage.ts';

type Caller = {
  readonly name: string;
  readonly key: string | null;
  /** How the door refuses this caller what is not its own. */
  readonly code: 'UNAUTHENTICATED' | 'INSUFFICIENT_AUTHORITY';
  mayTry(access: Access): boolean;
};

/**
 * Approves, thaws, governs, erases and reads, as nobody, with a made-up key and with the agent's. Every
 * request is one that would be refused for its form were it let in, so that nothing happens when the door is
 * open.
 */
export async function useKey({ doors, key }: Vantage): Promise<Finding> {
  const [first] = doors;
  if (first === undefined) return notMeasured('no cell answers', START_CELL);
  const callers = [nobody('nobody', null), nobody('a made-up key', madeUpKey())];
  if (key !== null) {
    const scopes = await scopesOf(first, key);
    if (scopes === null)
      return notMeasured('the cell does not know the key', 'give a key that is good: writ key add');
    callers.push(agent(key, scopes));
  }
  for (const door of doors) {
    for (const caller of callers) {
      const passed = await tryAll(door, caller);
      if (passed !== null) return passed;
    }
  }
  const who = callers.map(({ name }) => name).join(', ');
  const missing = key === null ? "; no agent's key was tried (--key FILE)" : '';
  return held(OWNER, `every operation of a person was refused to ${who}${missing}`);
}

function nobody(name: string, key: string | null): Caller {
  return { name, key, code: 'UNAUTHENTICATED', mayTry: (access) => access !== 'anyone' };
}

/** What an agent may have been given, and what only people may do, which no agent ever was. */
const GIVEN: ReadonlySet<Access> = new Set(['read', 'explain']);

function agent(key: string, scopes: readonly unknown[]): Caller {
  return {
    name: "the agent's key",
    key,
    code: 'INSUFFICIENT_AUTHORITY',
    mayTry: (access) =>
      access !== 'anyone' &&
      access !== 'known' &&
      (HUMAN_ONLY_SCOPES.has(access) || (GIVEN.has(access) && !scopes.includes(access))),
  };
}

/** By chance, from the letters of its alphabet: five bits of each byte. */
export function madeUpKey(): string {
  const letters = '0123456789abcdefghjkmnpqrstvwxyz';
  const text = (count: number) =>
    Array.from(randomBytes(count), (byte) => letters.charAt(byte & 0x1f)).join('');
  return printAccessKey(`key_0${text(25)}`, text(ACCESS_KEY_SECRET_CHARACTERS));
}

async function scopesOf(door: LiveDoor, key: string): Promise<readonly unknown[] | null> {
  const { method, path } = OPERATIONS.whoAmI;
  const headers = [['host', door.host] as const, ['authorization', `Bearer ${key}`] as const];
  const answer = await ask(door.way, { method, path, headers });
  const scopes = answer?.status === 200 ? memberOf(parsed(answer.body), 'scopes') : null;
  return Array.isArray(scopes) ? scopes : null;
}

/** The first operation that was not refused as it must be; null if all were. */
async function tryAll(door: LiveDoor, caller: Caller): Promise<Finding | null> {
  for (const [id, operation] of Object.entries(OPERATIONS)) {
    if (!caller.mayTry(operation.access)) continue;
    const answer = await tryOne(door, caller, operation);
    const what = `${id} as ${caller.name} at ${door.name}`;
    if (answer === null || BUSY.has(answer.code ?? ''))
      return notMeasured(`${what} was not answered`, 'try again when the cell is less busy');
    if (answer.code !== caller.code) {
      const said = `${answer.status} ${answer.code ?? 'without a code'}`;
      const next = 'end that key (writ key end), and give agents keys of agents only: writ key add AGENT';
      return broke(OBSERVED, `${what} was let in, and answered ${said} instead of ${caller.code}`, next);
    }
  }
  return null;
}

const BUSY: ReadonlySet<string> = new Set(['OVERLOADED', 'UNAVAILABLE', 'REOPENING', 'CLOCK_SUSPECT']);

/** No operation declares it, so whoever is let in is refused for it before anything is done. */
const UNDECLARED = '?doctor=1';

function tryOne(
  { way, host }: LiveDoor,
  { key }: Caller,
  { method, path }: Pick<Operation, 'method' | 'path'>,
): Promise<Answer | null> {
  const concrete = path.replaceAll(/\{[a-z_]+(?:\.\.\.)?\}/g, '0');
  const bearer = key === null ? [] : [['authorization', `Bearer ${key}`] as const];
  return ask(way, { method, path: concrete + UNDECLARED, headers: [['host', host], ...bearer] });
}
