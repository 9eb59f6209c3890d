import { rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { type Cell, resolveHome, serve } from '@writ/cell';
import { encodeUtf8, parseHead } from '@writ/proof';
import type { Call, Run } from '../../../program/command.ts';
import { describeFailure } from '../../../program/failure.ts';
import { STAGE_PREFIX } from '../workspace.ts';
import type { FromCell, ToCell } from './messages.ts';

const CLOCK = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };
const VERSION = '0.1.0';

/**
 * The cell of a stage: `serve`, as `writ serve` has it, and a channel to the stage that started it. It ends
 * with the stage, however that ended, and then leaves nothing behind.
 */
export const run: Run = async (call) => {
  const ending = endOfStage();
  try {
    const serving = await serve(resolveHome(call.environment, call.user_home), {
      clock: CLOCK,
      version: VERSION,
      port: 0,
      tls: null,
      report: () => {},
      reportFailure: () => {},
    });
    const { cell, socket } = serving;
    process.on('message', (message: ToCell) => {
      if (message.kind === 'open_sealed') void answer(cell, message);
    });
    send({ kind: 'serving', socket, size: cell.running.durableSize() });
    const end = await ending;
    try {
      await serving.close();
    } finally {
      if (end === 'died') removeStage(call);
    }
  } catch (error) {
    const { code, detail, index } = describeFailure(error);
    send({ kind: 'failed', code, detail, index });
  }
  if (process.connected) process.disconnect();
  return { exit: 0, lines: [], json: {} };
};

/** The stage says when it wants an end; a channel that closes without that is a stage that died. */
function endOfStage(): Promise<'wanted' | 'died'> {
  // What ends a whole group of processes (Ctrl-C in a terminal) is for the stage to act on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  return new Promise((resolve) => {
    process.on('message', (message: ToCell) => {
      if (message.kind === 'close') resolve('wanted');
    });
    process.once('disconnect', () => resolve('died'));
    if (!process.connected) resolve('died');
  });
}

/** What a stage made, and nobody else is there to remove. Never anything that has another name. */
function removeStage({ environment }: Call): void {
  const directory = dirname(environment['WRIT_HOME'] ?? '');
  if (basename(directory).startsWith(STAGE_PREFIX)) rmSync(directory, { recursive: true, force: true });
}

function send(message: FromCell): void {
  if (process.connected) process.send?.(message);
}

type Asked = Extract<ToCell, { readonly kind: 'open_sealed' }>;

/** The operator's part of one record. The stage holds it against the commitment in the proven head. */
async function answer(cell: Cell, { ask, index }: Asked): Promise<void> {
  try {
    const head = parseHead(encodeUtf8(await cell.readHead(index)));
    const commitment = head.parts.sealed;
    const part = commitment === null ? null : await cell.recorded.read(index, commitment);
    send({ kind: 'sealed', ask, part });
  } catch {
    send({ kind: 'sealed', ask, part: null });
  }
}
