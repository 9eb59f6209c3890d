import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { encodeUtf8, type LogBatch, parseHead } from '@writ/proof';
import type { Call, Report, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { countOf } from '../../program/read-words.ts';
import { faint, good, plain } from '../../terminal/line.ts';
import { printAscii } from '../../terminal/output.ts';
import type { LogDesk } from '../desk.ts';
import { lineOf } from '../log-show-command.ts';
import { withDesk } from '../with-desk.ts';
import { sizeOf } from './checkpoint-size.ts';
import { type LogReader, readLogFrom } from './prove-log.ts';

/** Records that are shown before what is new, as other tails do it. */
const BEFORE = 10;
/** Between two looks at a log that had no more. */
const LOOK_EACH_MS = 500;

/** Shows records as they become durable, each batch proven first, until somebody ends it. */
export const run: Run = (call) => {
  if (call.json)
    throw new CliFailure('USAGE', '--lines gives one JSON object a record; --json has no end here');
  const from = countOf(call, 'from');
  const count = countOf(call, 'count');
  if (count === 0) throw new CliFailure('USAGE', '--count is at least 1');
  return withDesk(call, (desk) => tail(desk, call, { from, count: count ?? Infinity }));
};

type Asked = { readonly from: number | null; readonly count: number };

async function tail(desk: LogDesk, call: Call, asked: Asked): Promise<Report> {
  const size = sizeOf(await desk.checkpoint());
  const from = asked.from ?? Math.max(0, size - BEFORE);
  if (from > size) throw new CliFailure('USAGE', `the log has ${size} records`);
  const ending = openEnding();
  try {
    const shown = await show(call, await readLogFrom(desk, from), {
      count: asked.count,
      // Nothing can be added while this process holds the store.
      once: call.flag('once') || desk.way === 'store',
      isEnded: ending.isEnded,
    });
    return report(desk, call, shown);
  } finally {
    ending.close();
  }
}

type Showing = { readonly count: number; readonly once: boolean; isEnded(): boolean };

async function show(call: Call, reader: LogReader, { count, once, isEnded }: Showing): Promise<number> {
  let shown = 0;
  while (!isEnded() && shown < count) {
    const batches = await reader.next();
    for (const batch of batches) {
      // Proven as a whole: who wanted fewer sees fewer.
      shown += showBatch(call, batch, count - shown);
      if (shown >= count) break;
    }
    if (batches.length > 0) continue;
    if (once) break;
    await setTimeout(LOOK_EACH_MS);
  }
  return shown;
}

function showBatch(call: Call, { from, entries }: LogBatch, room: number): number {
  const shown = entries.slice(0, room);
  for (const [at, { head }] of shown.entries()) {
    const index = from + at;
    // The text of a head is JSON of ASCII, and stands here as it was signed.
    const parsed = parseHead(encodeUtf8(head));
    const line = call.flag('lines') ? printAscii({ index, head: parsed }) : lineOf(index, parsed);
    call.say(plain(line));
  }
  if (!call.flag('lines')) {
    const size = from + entries.length;
    call.say(faint(`        proven: the checkpoint of ${size} records fits what this client remembers`));
  }
  return shown.length;
}

function report(desk: LogDesk, call: Call, shown: number): Report {
  const held = desk.way === 'store' && !call.flag('once');
  const why = held ? '; no cell is served here, so nothing more can come: writ serve' : '';
  const lines = call.flag('lines') ? [] : [good(`${shown} records shown${why}`)];
  return { exit: 0, lines, json: { exit: 0, shown } };
}

/** Ctrl-C is how a person ends this, and no failure. */
function openEnding(): { isEnded(): boolean; close(): void } {
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  return {
    isEnded: () => ended,
    close() {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
    },
  };
}
