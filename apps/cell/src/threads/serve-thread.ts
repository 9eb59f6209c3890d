import { parentPort, workerData } from 'node:worker_threads';
import { followerFailureOf } from './failure.ts';
import type { Protocol, ThreadReply, ThreadRequest } from './start-thread.ts';

export type Handlers<Spoken extends Protocol> = {
  readonly [Kind in keyof Spoken]: (
    ask: Spoken[Kind]['ask'],
  ) => Spoken[Kind]['answer'] | Promise<Spoken[Kind]['answer']>;
};

/** The serving side: one question after another, in the order in which they were asked. */
export function serveThread<Spoken extends Protocol>(open: (data: unknown) => Handlers<Spoken>): void {
  const port = parentPort;
  if (port === null) throw new Error('this file is the entry of a thread');
  const handlers = open(workerData);
  let turn: Promise<void> = Promise.resolve();
  port.on('message', (request: ThreadRequest) => {
    turn = turn.then(async () => port.postMessage(await replyTo(handlers, request)));
  });
}

async function replyTo<Spoken extends Protocol>(
  handlers: Handlers<Spoken>,
  { id, kind, ask }: ThreadRequest,
): Promise<ThreadReply> {
  try {
    const handler = handlers[kind as keyof Spoken]; // start-thread.ts sends kinds of the protocol only
    return { id, kind: 'answer', answer: await handler(ask) };
  } catch (thrown) {
    const { code, detail, index } = followerFailureOf(thrown);
    return { id, kind: 'failure', failure: { code, detail, index } };
  }
}
