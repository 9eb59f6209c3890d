import { parseCheckpoint } from '@writ/proof';
import type { Run } from '../program/command.ts';
import { withDesk } from './with-desk.ts';

/** The newest signed checkpoint, as it is: to be kept where the keeper of the log cannot change it. */
export const run: Run = (call) =>
  withDesk(call, async (desk) => {
    const note = await desk.checkpoint();
    const { size } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
    return { exit: 0, lines: [], raw: note, json: { exit: 0, origin: desk.origin, size, note } };
  });
