import type { Code, Command } from '@writ/contract';
import { Failure } from '@writ/proof';
import { type Decided, refused, refusedUnrecorded, type Setting } from './commands/decided.ts';
import { decide } from './decide.ts';
import { encodeDraft } from './record/encode.ts';
import type { EncodedRecord } from './record/record.ts';

export type Made = { readonly decided: Decided; readonly record: EncodedRecord | null };

/** INVARIANT: whatever is thrown on the way becomes a recorded refusal, and nothing else has changed. */
export function makeRecord(setting: Setting, command: Command): Made {
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

export function refuseQuarantined(setting: Setting, command: Command): Made {
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
