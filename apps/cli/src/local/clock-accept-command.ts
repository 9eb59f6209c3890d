import type { Run } from '../program/command.ts';
import { good, plain } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import { withStore } from './store.ts';

type Accepted = { readonly from: number; readonly to: number };

/** Opening the cell is what accepts: a start asks for a person, and whoever calls this is one. */
export const run: Run = async (call) => {
  const accepted: Accepted[] = [];
  return withStore(
    call,
    async ({ cell }) => {
      const now = cell.running.state().now_ms;
      const [jump] = accepted;
      const line =
        jump === undefined
          ? plain(`nothing to accept: the log goes on at ${printTime(now)} by itself`)
          : good(`time goes on at ${printTime(jump.to)}; the log had come to ${printTime(jump.from)}`);
      return { exit: 0, lines: [line], json: { exit: 0, accepted: jump ?? null } };
    },
    {
      accept_clock: true,
      report: (event) => {
        if (event.kind === 'clock_accepted') accepted.push({ from: event.from_ms, to: event.to_ms });
      },
    },
  );
};
