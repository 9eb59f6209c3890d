import type { Run } from '../program/command.ts';
import { withStore } from './store.ts';

/** The newest signed checkpoint, as it is: to be kept where the keeper of the log cannot change it. */
export const run: Run = (call) =>
  withStore(call, ({ cell }) => {
    const { note, frontier } = cell.running.head();
    const { origin } = cell.settings;
    return Promise.resolve({
      exit: 0,
      lines: [],
      raw: note,
      json: { exit: 0, origin, size: frontier.size, note },
    });
  });
