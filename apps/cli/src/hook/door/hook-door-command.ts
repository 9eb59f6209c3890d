import process from 'node:process';
import type { Run } from '../../program/command.ts';
import { good, plain } from '../../terminal/line.ts';
import { openHookDoor } from './open-hook-door.ts';

/** Answers hosts until it is told to stop. What a host starts, starts this where nobody answers. */
export const run: Run = async (call) => {
  const door = await openHookDoor(call);
  if (door === null)
    return { exit: 0, lines: [plain('another door is open')], json: { exit: 0, open: false } };
  call.say(good(`answering hooks on ${door.places.socket}`));
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await Promise.race([signalled, door.stopped]);
  await door.close();
  return { exit: 0, lines: [good('closed')], json: { exit: 0, open: true } };
};
