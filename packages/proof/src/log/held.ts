import type { HeldCheckpoint, LogOptions } from './verdict.ts';

/** All that the reader holds against a log. The empty tree begins every log, so holding it shows nothing. */
export function heldOf(options: LogOptions, origin: string): HeldCheckpoint[] {
  const remembered = options.memory?.checkpoints.get(origin);
  const held = [...(options.against ?? []), ...(remembered === undefined ? [] : [remembered])];
  return held.filter(({ size }) => size > 0n);
}
