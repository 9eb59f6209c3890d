import type { Trust } from '../trust/trust.ts';
import { type LogVerification, startLogVerification } from './verification.ts';
import type { LogOptions, LogVerdict } from './verdict.ts';

/** Opens the same bytes from their start, each time it is called. */
export type OpenLog = () => AsyncIterable<Uint8Array>;

/**
 * Verifies an exported log in one pass; if something is wrong and a second pass, which checks the checkpoint
 * of every batch, can say more narrowly where, makes that pass too. `progress` is told the records done so
 * far.
 */
export async function verifyLog(
  open: OpenLog,
  trust: Trust,
  options: LogOptions = {},
  progress?: (size: number) => void,
): Promise<LogVerdict> {
  const first = await passOver(open, startLogVerification(trust, options), progress);
  if (first.verdict !== 'invalid' || first.settled) return first;
  const again = startLogVerification(trust, { ...options, checkpoints: 'every' });
  const second = await passOver(open, again, progress);
  // The bytes changed between the passes if only the first found a fault: what was found stands.
  return second.verdict === 'invalid' ? second : first;
}

async function passOver(
  open: OpenLog,
  verification: LogVerification,
  progress: ((size: number) => void) | undefined,
): Promise<LogVerdict> {
  for await (const bytes of open()) {
    if (!verification.push(bytes)) break;
    progress?.(verification.size());
  }
  return verification.finish();
}
