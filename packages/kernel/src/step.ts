import type { Answer, Code, Command, Stamp } from '@writ/contract';
import { Failure } from '@writ/proof';
import { apply } from './apply/apply.ts';
import { type Decided, refused, refusedUnrecorded, type Setting } from './commands/decided.ts';
import { decide } from './decide.ts';
import type { Library } from './gates/gate.ts';
import { decodeOwn } from './record/decode.ts';
import { encodeDraft } from './record/encode.ts';
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
    const made = stamp.quarantined === true ? refuseQuarantined(setting, next) : make(setting, next);
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

type Made = { readonly decided: Decided; readonly record: EncodedRecord | null };

/** INVARIANT: whatever is thrown on the way becomes a recorded refusal, and nothing else has changed. */
function make(setting: Setting, command: Command): Made {
  try {
    return encodeDecided(setting, decide(setting, command));
  } catch (error) {
    return encodeDecided(setting, refuseFailed(setting, command, codeOf(error)));
  }
}

function codeOf(error: unknown): Code {
  if (!(error instanceof Failure)) return 'INTERNAL';
  if (error.code === 'RECORD_TOO_LARGE') return 'RECORD_TOO_LARGE';
  // Something in the command is not what its member may hold.
  return error.code === 'RECORD_INVALID' ? 'INVALID_COMMAND' : 'INTERNAL';
}

function refuseQuarantined(setting: Setting, command: Command): Made {
  return encodeDecided(setting, refuseFailed(setting, command, 'QUARANTINED'));
}

function encodeDecided(setting: Setting, decided: Decided): Made {
  const { draft } = decided;
  return { decided, record: draft === null ? null : encodeDraft(setting.library.hash, draft, setting.salts) };
}

function refuseFailed(setting: Setting, command: Command, code: Code): Decided {
  const by = 'by' in command ? setting.state.principals.get(command.by) : undefined;
  if (by === undefined) return refusedUnrecorded(code);
  // Nothing of the command itself is repeated in the record: it is what failed.
  return refused(setting, by, code, { on: null });
}
