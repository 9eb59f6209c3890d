import type { PrincipalDefinition } from '@writ/contract';
import { encodeBase64, parseCheckpoint } from '@writ/proof';
import type { Run } from '../program/command.ts';
import { plain, warn } from '../terminal/line.ts';
import { DOOR_HANDLE } from '../hook/door/cell-clients.ts';
import { hookLines } from '../hook/hook-lines.ts';
import type { Desk } from './desk.ts';
import { withDesk } from './with-desk.ts';

export const run: Run = (call) =>
  withDesk(call, async (desk) => {
    const { origin, vkey, client } = desk;
    const { counts, term, frozen, failed } = await desk.status();
    const note = await desk.checkpoint();
    const { size, root } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
    const shown = Object.entries(counts).map(([name, count]) => `${name.replaceAll('_', ' ')} ${count}`);
    return {
      exit: 0,
      lines: [
        plain(`${origin}: ${size} records, term ${term}, root ${encodeBase64(root)}`),
        plain(`key ${vkey}`),
        plain(shown.join(', ')),
        ...failed.map(({ what, failures, last_failure }) =>
          warn(`${what} failed ${failures} times in ${PROCESS[desk.way]}: ${last_failure ?? ''}`),
        ),
        frozen.length === 0 ? plain('nothing is frozen') : warn(`frozen: ${frozen.join(', ')}`),
        ...(await hookLines(call, await doorIn(desk))),
        plain(`this client remembers the log in ${client.memory}`),
      ],
      json: { exit: 0, origin, vkey, size, root: encodeBase64(root), term, ...counts, frozen, failed },
    };
  });

const PROCESS = { store: 'this process', server: 'the process that serves' } as const;

async function doorIn(desk: Desk): Promise<PrincipalDefinition | null> {
  const id = desk.book.principals.find(({ name }) => name === DOOR_HANDLE)?.id;
  if (id === undefined) return null;
  return (await desk.principals()).find((one) => one.id === id)?.definition ?? null;
}
