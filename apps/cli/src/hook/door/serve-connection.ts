import type { Socket } from 'node:net';
import { isId, type JsonValue, parseJson } from '@writ/proof';
import { describeFailure } from '../../program/failure.ts';
import { isObject, RESULT_BYTES_MAX } from '../host/read-event.ts';
import { answerEvent } from './answer-event.ts';
import { beginExec, type NotRun, type ToRun } from './begin-exec.ts';
import type { DoorContext } from './context.ts';
import { report } from './finish-call.ts';
import { snapshotAfter } from './snapshots.ts';
import { NEXT_AFTER_FAILURE, textOf } from './texts.ts';

const NEWLINE = 0x0a;
const LINE_BYTES_MAX = 65_536;
const STOP = 'stop';

/** One connection of the socket, which only this user can reach: an event, a run, or the end of the door. */
export async function serveConnection(context: DoorContext, socket: Socket, stop: () => void): Promise<void> {
  socket.on('error', () => socket.destroy());
  const lines = readerOf(socket);
  const asked = (await lines.line())?.toString('utf8');
  if (asked === 'event') socket.end(await answerEvent(context, await lines.rest()));
  else if (asked === 'exec') await serveExec(context, socket, lines);
  else {
    if (asked === STOP) stop();
    socket.end();
  }
}

type Lines = { line(): Promise<Buffer | null>; rest(): Promise<Buffer> };

/** Bytes as they come: lines of bounded length, or all that is left. */
function readerOf(socket: Socket): Lines {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>; // bytes, since no encoding was set
  let held = Buffer.alloc(0);
  const more = async (bytes_max: number): Promise<boolean> => {
    if (held.length > bytes_max) return false;
    const next = await chunks.next().catch(() => ({ done: true, value: undefined }) as const);
    if (next.done === true || next.value === undefined) return false;
    held = Buffer.concat([held, next.value]);
    return true;
  };
  return {
    async line() {
      while (!held.includes(NEWLINE)) if (!(await more(LINE_BYTES_MAX))) return null;
      const end = held.indexOf(NEWLINE);
      const line = held.subarray(0, end);
      held = held.subarray(end + 1);
      return line;
    },
    async rest() {
      while (await more(RESULT_BYTES_MAX));
      return held;
    },
  };
}

async function serveExec(context: DoorContext, socket: Socket, lines: Lines): Promise<void> {
  const id = idIn(await lines.line());
  const permit = id === null ? null : context.permits.take(id);
  const begun = permit === null ? unknown() : await begin(context, socket, permit);
  say(socket, begun);
  if (begun.kind === 'refused') {
    socket.end();
    return;
  }
  const ended = read(await lines.line());
  snapshotAfter(context, begun);
  const reported = await report(context, { id: begun.id, ...outcomeOf(ended) });
  say(socket, { kind: 'recorded', reported });
  socket.end();
}

async function begin(
  context: DoorContext,
  socket: Socket,
  permit: NonNullable<ReturnType<DoorContext['permits']['take']>>,
): Promise<ToRun | NotRun> {
  try {
    return await beginExec(context, permit, {
      isThere: () => socket.writable,
      wait: (text) => say(socket, { kind: 'waits', text }),
    });
  } catch (error) {
    const { code } = describeFailure(error);
    return { kind: 'refused', code, text: textOf(code, NEXT_AFTER_FAILURE) };
  }
}

/**
 * It was run already, or was never permitted, or this door began anew since: asking again is another action.
 */
function unknown(): NotRun {
  const text = textOf('ALREADY_SPENT', 'Make the call itself again: an id runs once.');
  return { kind: 'refused', code: 'ALREADY_SPENT', text };
}

function say(socket: Socket, said: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(said)}\n`);
}

function idIn(line: Buffer | null): string | null {
  const said = read(line);
  const id = said?.['id'];
  return typeof id === 'string' && isId(id) ? id : null;
}

function read(line: Buffer | null): Readonly<Record<string, JsonValue>> | null {
  if (line === null) return null;
  try {
    const value = parseJson(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

type Outcome = Omit<Parameters<typeof report>[1], 'id'>;

/** Who went away without a word was killed, and what it had done by then nobody knows. */
function outcomeOf(ended: Readonly<Record<string, JsonValue>> | null): Outcome {
  if (ended === null) return { status: 'unknown', produced: [], report: { reason: 'RUNNER_GONE' } };
  const { kind, exit, signal, produced, code } = ended;
  if (kind !== 'ended') return { status: 'failed', produced: [], report: { reason: code ?? null } };
  const digests = Array.isArray(produced) ? (produced as readonly JsonValue[]) : [];
  return {
    status: exit === 0 ? 'succeeded' : 'failed',
    produced: digests.filter((one) => typeof one === 'string'),
    report: { exit: exit ?? null, signal: signal ?? null },
  };
}
