import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { printJson } from '@writ/proof';
import type { Place } from '../../program/command.ts';
import { answers } from '../door/open-hook-door.ts';
import type { HookPlaces } from '../door/places.ts';
import { spawnApart } from '../door/start-cell.ts';
import { readStanding } from '../door/standing.ts';

const STARTING_MS_MAX = 20_000;
const LOOK_INTERVAL_MS = 20;

/** Ends the door that is open, if one is. */
export async function stopDoor({ socket }: HookPlaces): Promise<void> {
  if (!(await answers(socket))) return;
  await say(socket, 'stop\n');
  for (let waited_ms = 0; waited_ms < STARTING_MS_MAX; waited_ms += LOOK_INTERVAL_MS) {
    if (!(await answers(socket))) return;
    await setTimeout(LOOK_INTERVAL_MS);
  }
}

/** Begins the door anew, with the settings as they are now. */
export async function restartDoor(place: Place, places: HookPlaces): Promise<void> {
  await stopDoor(places);
  await spawnApart(place, ['hook-door']);
  for (let waited_ms = 0; waited_ms < STARTING_MS_MAX; waited_ms += LOOK_INTERVAL_MS) {
    if (await answers(places.socket)) return;
    await setTimeout(LOOK_INTERVAL_MS);
  }
}

/**
 * A session that begins, as a host would tell it: with a canary call through the hook that now stands there.
 */
export async function tryDoor(
  places: HookPlaces,
): Promise<{ readonly fired: boolean; readonly message: string }> {
  const event = printJson({ hook_event_name: 'SessionStart', session_id: 'writ-install', cwd: '/' });
  const said = await say(places.socket, `event\n${event}`).catch(() => '');
  const fired = (await readStanding(places))?.canary?.fired === true;
  const message = messageIn(said) ?? `the door does not answer: ${places.log} says why`;
  return { fired: fired && messageIn(said) !== null, message };
}

function messageIn(said: string): string | null {
  try {
    const value: unknown = JSON.parse(said);
    if (typeof value !== 'object' || value === null || !('systemMessage' in value)) return null;
    return typeof value.systemMessage === 'string' ? value.systemMessage : null;
  } catch {
    return null;
  }
}

function say(socket: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const door = connect(socket, () => door.end(text));
    door.setEncoding('utf8');
    door.on('data', (more: string) => {
      said += more;
    });
    door.once('error', reject);
    door.once('close', () => resolve(said));
  });
}
