import type { State } from '@writ/kernel';
import type { Cell } from '../../cell/open-cell.ts';

/** Reads the state, and waits until all that it was read from is durable. */
export async function settled<T>(
  cell: Cell,
  read: (state: State) => T,
): Promise<{ readonly value: T; readonly index: number }> {
  const state = cell.running.state();
  const { size } = state;
  const value = read(state);
  await cell.durability.upTo(size);
  return { value, index: size };
}
