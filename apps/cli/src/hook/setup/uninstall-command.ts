import { rm } from 'node:fs/promises';
import { readBook } from '../../client/address-book.ts';
import { clientHome } from '../../client/client-home.ts';
import { keyFileOf } from '../../client/kept-keys.ts';
import { mustBeDone } from '../../desk/answers.ts';
import type { Desk } from '../../desk/desk.ts';
import { withDesk } from '../../desk/with-desk.ts';
import type { Run } from '../../program/command.ts';
import { good, plain } from '../../terminal/line.ts';
import { AGENT_HANDLE, DOOR_HANDLE } from '../door/cell-clients.ts';
import { type HookPlaces, hookPlaces } from '../door/places.ts';
import { readHostFile, restoreHostFile, withoutHooks, writeHostFile } from './host-settings.ts';
import { mustBeHost } from './install-command.ts';
import { digestOfText, readKeptHost } from './kept-host.ts';
import { ourGroups } from './our-hooks.ts';
import { stopDoor } from './try-door.ts';

/** Takes everything back: first what the host reads, last what this needs to do so. */
export const run: Run = async (call) => {
  mustBeHost(call);
  const places = hookPlaces(call);
  const settings = await takeBack(places);
  await stopDoor(places);
  const ended =
    (await readBook(clientHome(call.environment, call.user_home))) === null
      ? 0
      : await withDesk(call, endKeys);
  await rm(places.directory, { recursive: true, force: true });
  const of_settings =
    settings === null ? plain('no hook was installed') : good(`${settings} is without our hooks`);
  return {
    exit: 0,
    lines: [
      of_settings,
      plain(`${ended} keys of the door and its agent ended; the log keeps what was recorded`),
    ],
    json: { exit: 0, settings, ended },
  };
};

/** To the byte where nobody changed it since; else everything but our hooks stays as it is now. */
async function takeBack(places: HookPlaces): Promise<string | null> {
  const kept = await readKeptHost(places);
  if (kept === null) return null;
  const now = await readHostFile(kept.file.path);
  if (now.text === null) return kept.file.path;
  if (digestOfText(now.text) === kept.written) await restoreHostFile(kept.file);
  else await writeHostFile(now.path, withoutHooks(now, ourGroups(places)));
  return kept.file.path;
}

async function endKeys(desk: Desk): Promise<number> {
  let ended = 0;
  for (const handle of [AGENT_HANDLE, DOOR_HANDLE]) {
    const known = desk.book.principals.find(({ name }) => name === handle);
    if (known === undefined) continue;
    for (const key of await desk.keys(known.id)) {
      mustBeDone(await desk.endKey(key.id, null));
      ended += 1;
    }
    await rm(keyFileOf(desk.client, handle), { force: true });
  }
  return ended;
}
