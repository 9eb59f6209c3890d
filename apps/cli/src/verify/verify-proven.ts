import {
  emptyMemory,
  equalBytes,
  type Head,
  type JsonValue,
  type Memory,
  parseReceipt,
  type Remember,
  type RememberedCheckpoint,
  type Trust,
  verifyRecord,
  verifyWrit,
} from '@writ/proof';
import { contradiction } from '../client/memory.ts';
import { printTime } from '../terminal/print-time.ts';
import { type Finding, refused } from './finding.ts';

export type Question = {
  readonly trust: Trust;
  /** What this client has seen, and the checkpoints that were given with --against. */
  readonly memory: Memory;
  readonly now_ms: number;
  /** The arguments that the writ must be for; null when that is not asked. */
  readonly args: JsonValue | null;
};

/** A writ as evidence: that the action was permitted, whatever the time is now. */
export function verifyWritFile(bytes: Uint8Array, question: Question): Finding {
  const asked = question.args === null ? {} : { args: question.args };
  const verdict = verifyWrit(bytes, asked, question.trust, emptyMemory(), null);
  if (verdict.verdict !== 'valid') return refused(verdict.verdict, verdict.code, verdict.detail);
  const { head, index, remember } = verdict;
  const args = question.args === null ? 'arguments not asked' : 'for exactly these arguments';
  const text = `a writ: action ${head.id} was allowed, for executor ${head.executor}; ${args}`;
  return proven({ format: 'writ', head, index, remember, text }, question);
}

/** A spend receipt as evidence: that the action was spent, once, by this executor. */
export function verifyReceiptFile(bytes: Uint8Array, question: Question): Finding {
  const receipt = parseOr(bytes);
  if ('verdict' in receipt) return receipt;
  const verdict = verifyRecord(receipt.head, receipt.proof, null, question.trust, emptyMemory());
  if (verdict.verdict !== 'valid') return refused(verdict.verdict, verdict.code, verdict.detail);
  const { head, index, remember } = verdict;
  if (head.kind !== 'commit') return refused('invalid', 'KIND_MISMATCH', 'the record is no commit');
  const text = `a spend receipt: action ${head.id} was spent by executor ${head.executor}`;
  return proven({ format: 'receipt', head, index, remember, text }, question);
}

function parseOr(bytes: Uint8Array): ReturnType<typeof parseReceipt> | Finding {
  try {
    return parseReceipt(bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'FILE_MALFORMED';
    const undecidable = code === 'FORMAT_VERSION';
    return refused(
      undecidable ? 'undecidable' : 'invalid',
      code,
      'the file is no spend receipt of this version',
    );
  }
}

type Proven = {
  readonly format: 'writ' | 'receipt' | 'page';
  readonly head: Head;
  readonly index: bigint;
  readonly remember: Pick<Remember, 'checkpoint'>;
  readonly text: string;
};

/**
 * An older checkpoint than the remembered one is what evidence usually has. Only one of the same size can be
 * compared here: whether a smaller or a larger one belongs to the same log is for the log to prove.
 */
export function proven(
  { format, head, index, remember, text }: Proven,
  { memory, now_ms }: Question,
): Finding {
  const { checkpoint } = remember;
  const seen = memory.checkpoints.get(checkpoint.origin);
  if (seen !== undefined && seen.size === checkpoint.size && !equalBytes(seen.root, checkpoint.root)) {
    return forked(seen, checkpoint);
  }
  const expires_at = 'expires_at' in head ? head.expires_at : null;
  const over = expires_at !== null && expires_at < now_ms;
  const life = expires_at === null ? '' : `${over ? 'expired' : 'expires'} ${printTime(expires_at)}; `;
  return {
    verdict: 'valid',
    text,
    details: [
      `record ${index} of ${checkpoint.origin}, signed in a tree of ${checkpoint.size}`,
      `${life}recorded ${printTime(head.time)}. This is evidence, and no permission by itself`,
    ],
    json: { verdict: 'valid', format, index, head, origin: checkpoint.origin, size: checkpoint.size },
    checkpoint,
    records: null,
  };
}

function forked(seen: RememberedCheckpoint, shown: RememberedCheckpoint): Finding {
  const { code, detail } = contradiction('FORKED', seen, shown);
  return refused('invalid', code, detail, { remembered: seen.note, shown: shown.note });
}
