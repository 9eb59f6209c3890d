import type { Answer, ProposeCommand, Stamp } from '@writ/contract';
import type { Setting } from './commands/decided.ts';
import type { Library } from './gates/gate.ts';
import { makeRecord } from './make-record.ts';
import type { State } from './state/state.ts';

/**
 * What a proposal would be answered now: the same decision, made and thrown away. Nothing changes, nothing is
 * recorded, and nothing is permitted by it; the next one sees no reservation of this one.
 */
export function wouldAnswer(state: State, command: ProposeCommand, stamp: Stamp, library: Library): Answer {
  const [salts] = stamp.salts;
  if (salts === undefined) throw new RangeError('salts missing');
  const setting: Setting = { state, now_ms: stamp.now_ms, salts, library };
  return makeRecord(setting, command).decided.answer;
}
