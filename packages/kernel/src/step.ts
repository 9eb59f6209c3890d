import type { Answer, Command, Stamp } from '@writ/contract';
import { apply } from './apply/apply.ts';
import type { Setting } from './commands/decided.ts';
import type { Library } from './gates/gate.ts';
import { makeRecord, refuseQuarantined } from './make-record.ts';
import { decodeOwn } from './record/decode.ts';
import type { EncodedRecord } from './record/record.ts';
import type { State } from './state/state.ts';

export type Stepped = { readonly records: readonly EncodedRecord[]; readonly answer: Answer };

/** A command may be followed by one other in the same batch (a claim by its commit), and by no more. */
export const RECORDS_PER_COMMAND_MAX = 2;

/**
 * The live path: decide → encode → decode → apply. State changes here and by `fold` only, always by `apply`
 * on what was encoded. When the records are not committed, this state must be thrown away.
 */
export function step(state: State, command: Command, stamp: Stamp, library: Library): Stepped {
  const records: EncodedRecord[] = [];
  let next: Command | null = command;
  let answer: Answer | null = null;
  for (let at = 0; next !== null && at < RECORDS_PER_COMMAND_MAX; at += 1) {
    const salts = stamp.salts[at];
    if (salts === undefined) throw new RangeError('salts missing');
    const setting: Setting = { state, now_ms: stamp.now_ms, salts, library };
    const made = stamp.quarantined === true ? refuseQuarantined(setting, next) : makeRecord(setting, next);
    answer = made.decided.answer;
    if (made.record !== null) {
      apply(state, decodeOwn(made.record));
      records.push(made.record);
    }
    next = following(made.decided.next, made.record);
  }
  return {
    records,
    answer: answer ?? { kind: 'refused', index: null, code: 'INTERNAL', drift: [], reasons: [] },
  };
}

/** A claim is committed on the sealed part that was just made. */
function following(next: Command | null, record: EncodedRecord | null): Command | null {
  return next?.kind === 'commit' && record !== null ? { ...next, recorded: record.sealed } : next;
}
