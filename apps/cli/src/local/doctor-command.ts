import { join } from 'node:path';
import { locateHome, placesOf, PORT_DEFAULT, socketOf } from '@writ/cell';
import { type Wall, WALLS } from '@writ/contract';
import { parseAccessKey } from '@writ/proof';
import { type ClientHome, clientHome } from '../client/client-home.ts';
import { readMemory } from '../client/memory.ts';
import { readTrust } from '../client/trust.ts';
import { attack } from '../doctor/attack.ts';
import { findLiveDoors, type LiveDoor } from '../doctor/live-doors.ts';
import { readRecordedWall } from '../doctor/recorded-wall.ts';
import { type Claim, reportAttack } from '../doctor/report.ts';
import { type Pinned, type Target, userOfProcess } from '../doctor/vantage.ts';
import { readInput } from '../files/read-input.ts';
import type { Call, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { portOf } from './serve-command.ts';

/** Attacks the installation from here, says what held, and changes nothing: it never opens the store. */
export const run: Run = async (call) => {
  if (!call.flag('attack'))
    throw new CliFailure('USAGE', 'say --attack: it tries to get round Writ, and changes nothing');
  const claimed = claimedWall(call);
  const key = await readKey(call);
  const target = targetOf(call);
  const doors = await findLiveDoors(target.port, target.socket);
  const user = userOfProcess();
  const vantage = { user, target, doors, key, pinned: await readPinned(call) };
  const probed = await attack(vantage);
  return reportAttack(probed, user, await claimOf(doors, key, claimed));
};

/** Without a look at whether it is there: what this user may not see is what has to be found out. */
function targetOf(call: Call): Target {
  const home = locateHome(call.environment, call.user_home);
  const { store, keys, journal, checkpointKey, settings, roots } = placesOf(home);
  const { directory: client, memory, trust } = clientHome(call.environment, call.user_home);
  const anchor = join(keys, 'anchor');
  return {
    roots,
    secret_directories: [keys, client],
    secrets: [checkpointKey, join(keys, 'keystore'), anchor],
    state_directories: [store, keys, client],
    state: [journal, settings, anchor, memory, trust],
    holder: join(store, 'lock.holder'),
    socket: socketOf(home),
    port: portOf(call, 'port', PORT_DEFAULT),
  };
}

/** A key and a line end. */
const KEY_FILE_BYTES_MAX = 1_024;

async function readKey(call: Call): Promise<string | null> {
  const path = call.text('key');
  if (path === null) return null;
  const key = Buffer.from(await readInput(path, KEY_FILE_BYTES_MAX))
    .toString('latin1')
    .trimEnd();
  if (parseAccessKey(key) === null)
    throw new CliFailure('USAGE', '--key is a file with an access key, as writ key add makes it');
  return key;
}

/** A file that is named must be good; this client's own may be closed to this user, or not there. */
async function readPinned(call: Call): Promise<Pinned | null> {
  const path = call.text('trust');
  const client = clientHome(call.environment, call.user_home);
  try {
    const trust = await readTrust(path, client);
    const origin = [...trust.logs.keys()].at(-1);
    if (origin === undefined) return null;
    return { trust, seen: await seenOf(client, origin) };
  } catch (error) {
    if (path !== null) throw error;
    return null;
  }
}

async function seenOf(client: ClientHome, origin: string): Promise<Pinned['seen']> {
  const memory = await readMemory(client).catch(() => null);
  return memory?.checkpoints.get(origin) ?? null;
}

function claimedWall(call: Call): Wall | null {
  const text = call.text('claimed');
  if (text === null) return null;
  const wall = WALLS.find((one) => `${one}` === text);
  if (wall === undefined) throw new CliFailure('USAGE', '--claimed is a wall, from 0 to 4');
  return wall;
}

/** Of what is recorded and what was said, the higher one has to stand. */
async function claimOf(
  [door]: readonly LiveDoor[],
  key: string | null,
  claimed: Wall | null,
): Promise<Claim> {
  const recorded = door === undefined || key === null ? null : await readRecordedWall(door, key);
  if (recorded !== null && recorded >= (claimed ?? 0)) return { wall: recorded, by: 'recorded by the cell' };
  return { wall: claimed, by: '--claimed' };
}
