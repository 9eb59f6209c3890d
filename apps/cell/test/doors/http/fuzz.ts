import { checkBody, OPERATIONS } from '@writ/contract/api';
import { parseJson } from '@writ/proof';
import { openRaw } from './raw.ts';
import type { DoorWorld } from './world.ts';

/** What a run met; `faults` must be empty. */
export type FuzzResult = {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly allowed: number;
  readonly faults: readonly string[];
};

type Random = { next(below: number): number; pick<T>(from: readonly T[]): T };

/** Mulberry32: the same seed sends the same requests. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  return {
    next,
    pick(from) {
      const found = from[next(from.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
  };
}

/** Bodies that never come are waited for, and there are many of them. */
export const HASTE = {
  head_ms_max: 150,
  request_ms_max: 300,
  idle_ms_max: 100,
  stalled_ms_max: 30_000,
  check_interval_ms: 50,
};

/** A verdict that was just given, not one that a list or the policy speaks of. */
const ALLOWED = /"kind":"judged","id":"act_[^"]*","verdict":"ALLOW"/;

const AT_ONCE = 64;
const FAULTS_SHOWN_MAX = 10;

/**
 * Sends so many requests that are nearly right: bytes changed, fields doubled, members exchanged. Each must
 * get an answer with a code or a closed connection, and ALLOW only for what is whole and declared.
 */
export async function fuzzDoor(
  world: DoorWorld,
  port: number,
  seed: number,
  count: number,
  onProgress: (sent: number) => void = () => {},
): Promise<FuzzResult> {
  const random = randomOf(seed);
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  let [sent, allowed] = [0, 0];
  const one = async (): Promise<void> => {
    const { bytes, body } = requestFrom(random, world, port);
    const answer = await exchange(port, bytes);
    const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'closed';
    statuses[status] = (statuses[status] ?? 0) + 1;
    const isAllowed = ALLOWED.test(answer);
    if (isAllowed) allowed += 1;
    const fault = faultOf(status, isAllowed, body);
    if (fault !== null && faults.length < FAULTS_SHOWN_MAX)
      faults.push(`${fault}: ${JSON.stringify(bytes.toString('latin1')).slice(0, 600)}`);
    sent += 1;
    if (sent % 1_000 === 0) onProgress(sent);
  };
  while (sent < count) await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - sent) }, one));
  for (const failure of world.failures) faults.push(`the door failed: ${String(failure)}`);
  return { sent, statuses, allowed, faults };
}

function faultOf(status: string, isAllowed: boolean, body: Buffer): string | null {
  if (status.startsWith('5') && status !== '503') return `status ${status}`;
  if (isAllowed && !isWhole(body)) return 'ALLOW for what is not whole';
  return null;
}

function isWhole(body: Buffer): boolean {
  try {
    const value = parseJson(body);
    const single = checkBody('proposeAction', value).kind === 'valid';
    return single || checkBody('proposeActions', value).kind === 'valid';
  } catch {
    return false;
  }
}

type Made = { readonly bytes: Buffer; readonly body: Buffer };

const PATHS = [...new Set(Object.values(OPERATIONS).map(({ path }) => path))];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'post', 'GET GET', ''];
const VALUES = [null, true, 0, -1, 1e308, '', 'a'.repeat(5_000), [], {}, '\u0000', '\u202e', '__proto__'];

function requestFrom(random: Random, world: DoorWorld, port: number): Made {
  const body = mutateBytes(random, Buffer.from(bodyFrom(random), 'utf8'), 4);
  const isUsual = random.next(4) > 0;
  const method = isUsual ? 'POST' : random.pick(METHODS);
  const path = isUsual ? '/api/v1/actions' : pathFrom(random);
  const length = random.next(20) === 0 ? random.next(body.length + 10) : body.length;
  const fields = fieldsFrom(random, world, port, length);
  const head = Buffer.from(
    `${method} ${path} HTTP/1.${random.next(30) === 0 ? 0 : 1}\r\n${fields}\r\n`,
    'latin1',
  );
  return { bytes: Buffer.concat([mutateBytes(random, head, 12), body]), body };
}

function fieldsFrom(random: Random, { keys }: DoorWorld, port: number, length: number): string {
  const fields = [
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${keyFrom(random, keys)}`,
    'content-type: application/json',
    `content-length: ${length}`,
    'connection: close',
  ];
  if (random.next(10) === 0) fields.splice(random.next(fields.length), 1);
  if (random.next(10) === 0) fields.push(random.pick(fields));
  if (random.next(15) === 0) fields.push(`x-${random.next(99)}: ${'v'.repeat(random.next(3_000))}`);
  if (random.next(30) === 0) fields.push('transfer-encoding: chunked');
  return fields.map((field) => `${field}\r\n`).join('');
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Of letters: calls that differ in numbers alone are nearly the same. */
function wordFrom(random: Random): string {
  return Array.from({ length: 8 }, () => LETTERS.charAt(random.next(LETTERS.length))).join('');
}

/** Mostly one that may propose: what is tried is the way of a proposal. */
function keyFrom(random: Random, { agent, admin, person }: DoorWorld['keys']): string {
  return random.next(8) > 0 ? agent : random.pick([admin, person]);
}

function pathFrom(random: Random): string {
  const path = random
    .pick(PATHS)
    .replace(/\{[a-z.]+\}/g, () => random.pick(['0', 'act_0', '..', '%2e%2e', 'x'.repeat(300)]));
  return random.next(3) === 0
    ? `${path}?${random.pick(['limit', 'from', 'a[b]'])}=${random.pick(['1', '-1', '%', 'NaN'])}`
    : path;
}

function bodyFrom(random: Random): string {
  const proposal: Record<string, unknown> = {
    tool: 'files.read',
    // Another file each time: what is refused again and again is refused for that alone.
    args: { path: `src/${wordFrom(random)}.ts` },
    why: 'because',
    session: 'fuzz',
  };
  if (random.next(3) === 0)
    proposal[random.pick(['tool', 'args', 'scene', 'declared', 'claim', 'by', 'ns'])] = random.pick(VALUES);
  if (random.next(6) === 0)
    proposal['declared'] = { effects: [random.pick(['READ_REPO', 'DEPLOY', 'NOTHING'])] };
  const text = JSON.stringify(proposal);
  switch (random.next(12)) {
    case 0:
      return text.replace('{', '{"tool":"mail.send",');
    case 1:
      return `${'['.repeat(random.next(3_000))}${text}`;
    case 2:
      return `{"proposals":[{"proposal":${text}},{"proposal":${text}}]}`;
    case 3:
      return text.slice(0, random.next(text.length));
    default:
      return text;
  }
}

/** One in `rarity` is changed in some of its bytes. */
function mutateBytes(random: Random, bytes: Buffer, rarity: number): Buffer {
  if (bytes.length === 0 || random.next(rarity) > 0) return bytes;
  const changed = Buffer.from(bytes);
  for (let n = random.next(4); n >= 0; n -= 1) changed[random.next(changed.length)] = random.next(256);
  return changed;
}

/**
 * Whatever happens to the request, the connection ends: for a body that never comes by the door's patience.
 */
async function exchange(port: number, bytes: Buffer): Promise<string> {
  const raw = await openRaw(port);
  raw.socket.write(bytes);
  return raw.ended;
}
