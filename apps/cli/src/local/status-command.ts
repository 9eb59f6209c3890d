import { failuresIn } from '@writ/cell';
import { encodeBase64, parseCheckpoint } from '@writ/proof';
import type { Run } from '../program/command.ts';
import { plain, warn } from '../terminal/line.ts';
import { withStore } from './store.ts';

export const run: Run = (call) =>
  withStore(call, ({ cell, client }) => {
    const { settings, running } = cell;
    const state = running.state();
    const { note } = running.head();
    const { size, root } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
    const frozen = [...state.freezes.keys()];
    const waiting = [...state.tickets.values()].filter(({ status }) => status === 'open').length;
    const counts = {
      namespaces: state.namespaces.size,
      principals: state.principals.size,
      open_writs: state.permitted.size,
      without_outcome: state.committed.size,
      tickets: waiting,
    };
    const { origin, vkey } = settings;
    const failed = failuresIn(cell.background());
    const shown = Object.entries(counts).map(([name, count]) => `${name.replaceAll('_', ' ')} ${count}`);
    return Promise.resolve({
      exit: 0,
      lines: [
        plain(`${origin}: ${size} records, term ${state.term}, root ${encodeBase64(root)}`),
        plain(`key ${vkey}`),
        plain(shown.join(', ')),
        ...failed.map(({ what, failures, last_failure }) =>
          warn(`${what} failed ${failures} times in this process: ${last_failure ?? ''}`),
        ),
        frozen.length === 0 ? plain('nothing is frozen') : warn(`frozen: ${frozen.join(', ')}`),
        plain(`this client remembers the log in ${client.memory}`),
      ],
      json: {
        exit: 0,
        origin,
        vkey,
        size,
        root: encodeBase64(root),
        term: state.term,
        ...counts,
        frozen,
        failed,
      },
    });
  });
