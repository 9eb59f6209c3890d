import { Failure } from '../failure.ts';
import { checkCheckpoint, readCheckpoint } from '../trust/accept-checkpoint.ts';
import type { Trust } from '../trust/trust.ts';
import { diagnose } from './diagnose.ts';
import { Finding, IN_FILE, inRange } from './finding.ts';
import { heldOf } from './held.ts';
import { readLines } from './lines.ts';
import { beginPass, type Pass } from './pass.ts';
import { takeLine } from './take-line.ts';
import { hashPending } from './take-record.ts';
import type { LogOptions, LogVerdict } from './verdict.ts';

/** One pass over an exported log. Memory is bounded by one batch and one line, whatever the log's length. */
export type LogVerification = {
  /** Takes the next bytes, cut anywhere. Returns whether more are of interest: after a fault none are. */
  readonly push: (bytes: Uint8Array) => boolean;
  /** Records whose batch is verified so far, for showing progress. */
  readonly size: () => number;
  readonly finish: () => LogVerdict;
};

/** Begins to verify an exported log (spec/11-log-export.md). Pure: whoever reads the file pushes it. */
export function startLogVerification(trust: Trust, options: LogOptions = {}): LogVerification {
  const pass = beginPass(trust, options);
  const lines = readLines((bytes, from, to) => takeLine(pass, bytes, from, to));
  let found: LogVerdict | null = null;

  const guard = (step: () => void): void => {
    if (found !== null) return;
    try {
      step();
    } catch (error) {
      found = findingOf(pass, error).verdict;
    }
  };

  return {
    push: (bytes) => {
      guard(() => {
        lines.push(bytes);
        if (pass.batch !== null) hashPending(pass, pass.batch);
      });
      return found === null;
    },
    size: () => pass.tree.size,
    finish: () => {
      guard(() => checkEnd(pass, lines.hasRest()));
      found ??= conclude(pass);
      return found;
    },
  };
}

/** A failure on the way is at the place that was being read. */
function findingOf(pass: Pass, error: unknown): Finding {
  if (error instanceof Finding) return error;
  if (!(error instanceof Failure)) throw error;
  if (pass.log === null) return new Finding(error.code, IN_FILE, error.detail);
  const { batch } = pass;
  // Inside a batch a line that cannot be read may be one that was changed, and its hash tells which.
  if (batch !== null) {
    hashPending(pass, batch);
    return diagnose(pass, batch, error);
  }
  return new Finding(error.code, inRange(pass.tree.size, null), error.detail);
}

function checkEnd(pass: Pass, hasRest: boolean): void {
  const { batch, lastNote } = pass;
  if (pass.log === null) throw new Finding('LOG_HEADER', IN_FILE, 'not even a first line');
  if (!pass.ended || hasRest) {
    const from = pass.tree.size + (batch?.seen ?? 0);
    throw new Finding('LOG_ENDED_EARLY', inRange(from, null), 'the file ends without its end line');
  }
  if (lastNote === null)
    throw new Finding('LOG_EMPTY', IN_FILE, 'a log without a record is signed by nobody');
  checkLastCheckpoint(pass);
  const size = BigInt(pass.tree.size);
  const { contradicted } = pass;
  if (contradicted !== null) {
    const place = inRange(0, Number(contradicted.size));
    throw new Finding('LOG_REWRITTEN', place, 'a held checkpoint of this log has another root at its size');
  }
  const missing = pass.held.at(-1);
  if (missing !== undefined) {
    const place = inRange(pass.tree.size, Number(missing.size));
    throw new Finding('LOG_TRUNCATED', place, `a held checkpoint covers ${missing.size - size} more records`);
  }
}

function checkLastCheckpoint(pass: Pass): void {
  const { lastNote, log, options } = pass;
  if (lastNote === null || log === null) return;
  try {
    checkCheckpoint(readCheckpoint(lastNote), log.origin, pass.trust, options.now_ms ?? null);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const settled = options.checkpoints === 'every';
    throw new Finding(error.code, inRange(0, pass.tree.size), error.detail, settled);
  }
}

function conclude(pass: Pass): LogVerdict {
  const { options, lastNote, log } = pass;
  if (lastNote === null || log === null) return new Finding('LOG_EMPTY', IN_FILE, 'no checkpoint').verdict;
  const held = heldOf(options, log.origin).map(({ size }) => size);
  const complete_to = held.reduce<bigint | null>(
    (max, size) => (max === null || size > max ? size : max),
    null,
  );
  if (complete_to === null && options.requireComplete === true) {
    return new Finding('COMPLETENESS_UNKNOWN', IN_FILE, 'no checkpoint of this log is held').verdict;
  }
  const { origin, size, root } = readCheckpoint(lastNote).checkpoint;
  return {
    verdict: 'valid',
    completeness: complete_to === null ? 'unknown' : 'known',
    complete_to,
    origin,
    size: pass.tree.size,
    checked: {
      checkpoints: options.checkpoints ?? 'last',
      heads: options.heads ?? 'hashed',
      states: pass.states,
      sealed: pass.sealed,
    },
    remember: { checkpoint: { origin, size, root, note: lastNote }, action: null },
  };
}
