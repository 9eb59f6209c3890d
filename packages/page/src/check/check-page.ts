import {
  type Checkpoint,
  commitArgs,
  decodeBase64url,
  emptyMemory,
  encodeUtf8,
  equalBytes,
  Failure,
  type Head,
  type JsonValue,
  leafHash,
  openTrustedCheckpoint,
  parseCheckpoint,
  parseHead,
  parseJson,
  parseNote,
  parseTlogProof,
  parseVerifierKey,
  type ProofCode,
  type RememberedCheckpoint,
  type Trust,
  verifyInclusion,
  verifyRecord,
} from '@writ/proof';
import { type PageData, parsePageData } from '../data/page-data.ts';
import { trustInKey, withoutWitnesses } from './pinned.ts';

/** The checks, in the order in which they are made (spec/12-page.md section 3). */
export const CHECKS = [
  'file',
  'proof',
  'origin',
  'signature',
  'witnesses',
  'inclusion',
  'record',
  'arguments',
] as const;

export type CheckName = (typeof CHECKS)[number];

/**
 * `not_asked`: there is nothing to check, or nobody gave what it takes. `not_reached`: one before it failed.
 */
export type Check = {
  readonly name: CheckName;
  readonly outcome: 'passed' | 'failed' | 'not_asked' | 'not_reached';
};

/** What a proven record says, where it stands, and in which signed tree. */
export type Proven = {
  readonly head: Head;
  readonly index: bigint;
  readonly checkpoint: RememberedCheckpoint;
};

/**
 * What the checks came to. `key` says whose word it rests on: `pinned` is what the reader brought, `claimed`
 * the key that the page names by itself, under which anybody can make a page that is valid.
 */
export type PageFinding = {
  readonly key: 'pinned' | 'claimed';
  readonly checks: readonly Check[];
} & (
  | { readonly verdict: 'valid'; readonly proven: Proven; readonly data: PageData }
  | {
      readonly verdict: 'invalid' | 'undecidable';
      readonly code: ProofCode;
      readonly detail: string;
      readonly data: PageData | null;
    }
);

/** What the reader brings: keys, and the arguments as JSON, which are asked instead of those in the page. */
export type Brought = { readonly trust: Trust | null; readonly args: string | null };

/**
 * Judges the text of a page's data. INVARIANT: nothing of the record is read before the log is known to hold
 * it.
 */
export function checkPage(text: string, brought: Brought): PageFinding {
  const key = brought.trust === null ? 'claimed' : 'pinned';
  try {
    return checkRecord(parsePageData(text), brought);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, detail } = error;
    const verdict = code === 'FORMAT_VERSION' ? 'undecidable' : 'invalid';
    return { key, verdict, code, detail, data: null, checks: reachedTo('file', [], 'failed') };
  }
}

function checkRecord(data: PageData, brought: Brought): PageFinding {
  const claimed = parseVerifierKey(data.vkey);
  const key = brought.trust === null ? 'claimed' : 'pinned';
  const trust = brought.trust ?? trustInKey(data.vkey);
  // Who asks about the key that a page names asks about the log of that name.
  const origin = brought.trust === null ? claimed.name : null;
  const steps = stepsOf(data, brought.args, trust, origin);
  const skipped = CHECKS.filter((name) => name !== 'file' && steps[name] === null);
  let at: CheckName = 'file';
  try {
    for (const name of CHECKS) {
      at = name;
      steps[name]?.();
    }
    at = 'record';
    const proven = provenOf(data, origin, trust);
    return { key, verdict: 'valid', proven, data, checks: reachedTo(null, skipped, 'passed') };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, detail } = error;
    const verdict = verdictOf(data, origin, trust);
    return { key, verdict, code, detail, data, checks: reachedTo(at, skipped, 'failed') };
  }
}

type Steps = Readonly<Record<CheckName, (() => void) | null>>;

/** Each check alone, so that a reader sees how far it went. The verdict itself is that of `verifyRecord`. */
function stepsOf(data: PageData, args: string | null, trust: Trust, origin: string | null): Steps {
  const read = (): ReturnType<typeof readProof> => readProof(data.proof);
  const leaf = encodeUtf8(data.head);
  const log = (): string => read().stated.origin;
  const shown = args ?? data.args;
  const { nonce } = data;
  return {
    file: null,
    proof: read,
    origin: () => checkOrigin(log(), origin, trust),
    signature: () => openTrustedCheckpoint(read().note, withoutWitnesses(trust)),
    witnesses: hasWitnesses(data, trust) ? () => openTrustedCheckpoint(read().note, trust) : null,
    inclusion: () => {
      const { index, hashes, stated } = read();
      const { size, root } = stated;
      verifyInclusion({ index, size, leafHash: leafHash(leaf), proof: hashes, root });
    },
    record: () => parseHead(leaf),
    arguments: nonce === null || shown === null ? null : () => checkArguments(leaf, nonce, shown),
  };
}

function readProof(proof: string): {
  readonly index: bigint;
  readonly hashes: readonly Uint8Array[];
  readonly note: string;
  readonly stated: Checkpoint;
} {
  const { extra, index, hashes, checkpoint: note } = parseTlogProof(encodeUtf8(proof));
  if (extra !== undefined) throw new Failure('PROOF_EXTRA', 'a proof of Writ has no extra data');
  const stated = parseCheckpoint(parseNote(encodeUtf8(note)).text);
  if (stated.extensions.length > 0) throw new Failure('CHECKPOINT_EXTENSION', 'a log of Writ has none');
  return { index, hashes, note, stated };
}

function checkOrigin(stated: string, wanted: string | null, trust: Trust): void {
  if (wanted !== null && stated !== wanted) {
    throw new Failure('CHECKPOINT_WRONG_ORIGIN', 'a checkpoint of another log');
  }
  if (!trust.logs.has(stated)) throw new Failure('NO_TRUST', 'nothing is known of this log');
}

function hasWitnesses(data: PageData, trust: Trust): boolean {
  try {
    return (trust.logs.get(readProof(data.proof).stated.origin)?.witnesses ?? null) !== null;
  } catch (error) {
    if (error instanceof Failure) return false; // the check of the proof says what is wrong
    throw error;
  }
}

function checkArguments(leaf: Uint8Array, nonce: string, args: string): void {
  const head = parseHead(leaf);
  const value: JsonValue = parseJson(encodeUtf8(args));
  const opened = commitArgs(decodeBase64url(nonce), value);
  if (!('args' in head) || !equalBytes(encodeUtf8(head.args), encodeUtf8(opened))) {
    throw new Failure('ARGS_MISMATCH', 'the record is about other arguments');
  }
}

function provenOf(data: PageData, origin: string | null, trust: Trust): Proven {
  const verdict = verifyRecord(data.head, data.proof, origin, trust, emptyMemory());
  if (verdict.verdict !== 'valid') throw new Failure(verdict.code, verdict.detail);
  const { head, index, remember } = verdict;
  return { head, index, checkpoint: remember.checkpoint };
}

/** What a check of ours refused and `verifyRecord` did not, is about arguments: those are invalid. */
function verdictOf(data: PageData, origin: string | null, trust: Trust): 'invalid' | 'undecidable' {
  const { verdict } = verifyRecord(data.head, data.proof, origin, trust, emptyMemory());
  return verdict === 'undecidable' ? verdict : 'invalid';
}

function reachedTo(
  last: CheckName | null,
  skipped: readonly CheckName[],
  outcome: 'passed' | 'failed',
): readonly Check[] {
  const end = last === null ? CHECKS.length : CHECKS.indexOf(last);
  return CHECKS.map((name, at): Check => {
    if (at === end) return { name, outcome };
    if (at > end) return { name, outcome: 'not_reached' };
    return { name, outcome: skipped.includes(name) ? 'not_asked' : 'passed' };
  });
}
