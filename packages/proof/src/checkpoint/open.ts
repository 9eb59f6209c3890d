import { Failure } from '../failure.ts';
import { openNote } from '../note/open.ts';
import type { VerifierKey } from '../note/verifier-key.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';

/** A log as its reader knows it: its identity and the keys that may speak for it. */
export type LogTrust = { readonly origin: string; readonly keys: readonly VerifierKey[] };

export type OpenedCheckpoint = {
  readonly checkpoint: Checkpoint;
  readonly signedBy: readonly VerifierKey[];
};

/** Opens a signed checkpoint of one log: signature first, then the text, then whether it is this log's. */
export function openCheckpoint(bytes: Uint8Array, log: LogTrust): OpenedCheckpoint {
  const { text, signedBy } = openNote(bytes, log.keys);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== log.origin)
    throw new Failure('CHECKPOINT_WRONG_ORIGIN', 'a checkpoint of another log');
  return { checkpoint, signedBy };
}
