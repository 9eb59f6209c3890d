import { availableParallelism } from 'node:os';
import type { ClockSource } from '../core/clock.ts';
import { entryBeside, startThread, type ThreadLimits } from '../threads/start-thread.ts';
import { openPool, PATIENCE, type UnderstandingPool } from './pool.ts';
import type { UnderstandingData } from './protocol.ts';

/**
 * A text within the bounds needs a few megabytes; one that needs more than these ends its thread. The stack
 * is several times what the deepest text within the bounds takes.
 */
const LIMITS: ThreadLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** A second one, so that nobody waits for who hangs one; more than these are never the bottleneck. */
const THREADS_MIN = 2;
const THREADS_MAX = 4;

/** Understanding by the engine that decides: its digest in a record covers both. */
export function openUnderstanding(
  data: Omit<UnderstandingData, 'progress'>,
  clock: ClockSource,
): UnderstandingPool {
  const threads_max = Math.min(THREADS_MAX, Math.max(THREADS_MIN, availableParallelism()));
  return openPool(
    {
      start: (progress) => startThread(entryBeside(import.meta.url, 'worker'), { ...data, progress }, LIMITS),
      steady_ms: () => clock.monotonic_ms(),
    },
    { ...PATIENCE, threads_max },
  );
}
