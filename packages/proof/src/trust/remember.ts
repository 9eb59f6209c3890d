import { Failure } from '../failure.ts';
import { type Memory, MEMORY_ACTIONS_MAX, MEMORY_CHECKPOINTS_MAX, type Remember } from './memory.ts';

/**
 * The memory with one check's result in it. A smaller checkpoint never replaces a larger one. Actions whose
 * time is over at `now_ms` are let go: their receipts are refused as expired.
 */
export function remember(memory: Memory, item: Remember, now_ms: number): Memory {
  if (!Number.isSafeInteger(now_ms) || now_ms < 0) throw new Failure('EXPIRED', 'the clock shows no time');
  const checkpoints = new Map(memory.checkpoints);
  const { checkpoint, action } = item;
  const seen = checkpoints.get(checkpoint.origin);
  if (seen === undefined || seen.size < checkpoint.size) checkpoints.set(checkpoint.origin, checkpoint);
  const actions = new Map<string, number>();
  const forgotten_before_ms = Math.max(memory.forgotten_before_ms, now_ms);
  for (const [id, until_ms] of memory.actions) if (until_ms >= forgotten_before_ms) actions.set(id, until_ms);
  if (action !== null) actions.set(action.id, Math.max(action.until_ms, actions.get(action.id) ?? 0));
  // Forgetting would mean accepting twice, so a full memory refuses instead.
  if (checkpoints.size > MEMORY_CHECKPOINTS_MAX || actions.size > MEMORY_ACTIONS_MAX) {
    throw new Failure('FILE_TOO_LARGE', 'the memory is full');
  }
  return { checkpoints, actions, forgotten_before_ms };
}
