import { Buffer } from 'node:buffer';
import type { DecidedAgain, RecordedJudgement, UnderstoodAgain } from '@writ/kernel';
import {
  decodeBase64url,
  type DecisionHead,
  type Digest,
  encodeUtf8,
  type Head,
  openPart,
  parseHead,
} from '@writ/proof';
import type { CheckedTool } from '@writ/understand';
import { decodeBatch } from '../core/batch.ts';
import { CoreFailure } from '../core/failure.ts';
import { type Engine, openEngine } from '../engine/load-engine.ts';
import type { Batch } from '../journal/journal.ts';
import { BlobFailure } from '../blobs/failure.ts';
import { PartFailure } from '../parts/failure.ts';
import type { PartStore } from '../parts/part-store.ts';
import type { Definitions, RecordedLibrary } from './definitions.ts';

/** A recorded judgment, and what it comes to when it is judged again. */
export type JudgedAgain = {
  readonly index: number;
  readonly head: RecordedJudgement['head'];
  readonly again: DecidedAgain;
  /** What a decision is understood to mean again; null where nobody asked, and of what only names one. */
  readonly understood: UnderstoodAgain | null;
};

/** What one batch of the log came to; `next` is the record after it. */
export type BatchJudgedAgain = { readonly next: number; readonly judged: readonly JudgedAgain[] };

/** The parts of an open cell that judging again reads. It writes nothing. */
export type JudgingAgain = {
  readonly ports: { readonly parts: Pick<PartStore, 'get'> };
  readonly definitions: Pick<Definitions, 'libraryOf' | 'tool'>;
  readonly engines: string;
  readonly running: { durableSize(): number };
  readBatches(from: number, max_bytes: number): Promise<readonly Batch[]>;
  readHead(index: number): Promise<string>;
};

export const READ_BYTES: number = 1024 * 1024;
const BAD_PARTS: ReadonlySet<string> = new Set(['PART_CORRUPT', 'PART_WRONG_KEY']);

export type Judge = { readonly engine: Engine; readonly library: RecordedLibrary };

export type JudgingRange = {
  readonly from: number;
  readonly to: number;
  /** From the original too, and not only from what was understood of it then. */
  readonly understand?: boolean;
};

/**
 * Judges every decision, release and commit from `from` up to `to` again, each by the engine that its record
 * names, from its sealed part alone. A part that was changed or is lost differs: it is not what was judged.
 */
export async function* judgeAgain(
  cell: JudgingAgain,
  range: JudgingRange,
): AsyncGenerator<BatchJudgedAgain, void, undefined> {
  const to = Math.min(range.to, cell.running.durableSize());
  const judges = openJudges(cell);
  for (let next = range.from; next < to; ) {
    const batches = await cell.readBatches(next, READ_BYTES);
    if (batches.length === 0) throw new CoreFailure('STORE_CORRUPT', `record ${next} is missing`, next);
    for (const batch of batches) {
      const end = Math.min(batch.from + batch.count, to);
      const judged: JudgedAgain[] = [];
      for (const { index, head } of headsOf(batch)) {
        if (index < next || index >= end || !isJudgement(head)) continue;
        const judge = await judges(head.engine);
        const recorded = await readRecorded(cell, index, head);
        const again = await judgeOne(judge, recorded);
        const understood =
          range.understand === true && head.kind === 'decision'
            ? await understandOne(cell, judge, head, isTampered(again) ? 'damaged' : recorded)
            : null;
        judged.push({ index, head, again, understood });
      }
      next = end;
      yield { next, judged };
      if (next >= to) return;
    }
  }
}

export function headsOf(batch: Batch): readonly { readonly index: number; readonly head: Head }[] {
  const { records } = decodeBatch(batch.bytes, batch.from, batch.count);
  return records.map(({ head }, at) => {
    const index = batch.from + at;
    try {
      return { index, head: parseHead(encodeUtf8(head)) };
    } catch (cause) {
      throw new CoreFailure('STORE_CORRUPT', `record ${index} is damaged`, index, cause);
    }
  });
}

function isJudgement(head: Head): head is RecordedJudgement['head'] {
  return head.kind === 'decision' || head.kind === 'release' || head.kind === 'commit';
}

/** An engine is opened once, or known not to be there. */
export function openJudges({
  engines,
  definitions,
}: JudgingAgain): (digest: string) => Promise<Judge | null> {
  const judges = new Map<string, Promise<Judge | null>>();
  const open = async (digest: string): Promise<Judge | null> => {
    try {
      const engine = await openEngine(engines, digest);
      return { engine, library: definitions.libraryOf(engine) };
    } catch (thrown) {
      if (thrown instanceof CoreFailure && thrown.code === 'ENGINE_UNKNOWN') return null;
      throw thrown;
    }
  };
  return (digest) => {
    const judge = judges.get(digest) ?? open(digest);
    judges.set(digest, judge);
    return judge;
  };
}

const NO_ENGINE = { kind: 'undecidable', code: 'ENGINE' } as const;
const DAMAGED = { kind: 'differs', members: ['parts.sealed'] } as const;

async function judgeOne(judge: Judge | null, recorded: RecordedJudgement | 'damaged'): Promise<DecidedAgain> {
  if (judge === null) return NO_ENGINE;
  if (recorded === 'damaged') return DAMAGED;
  const { engine, library } = judge;
  const decide = (): DecidedAgain => engine.functions.decideAgain(recorded, engine.digest, library);
  const again = decide();
  if (again.kind !== 'undecidable' || again.code !== 'POLICY_MISSING') return again;
  const policy = policyIn(recorded.sealed);
  return policy !== null && (await library.open(policy)) ? decide() : again;
}

function isTampered(again: DecidedAgain): boolean {
  return again.kind === 'differs' && again.members.includes('parts.sealed');
}

/** The engine covers what reads meaning; the schema of the tool is checked by this release. */
async function understandOne(
  { definitions }: JudgingAgain,
  judge: Judge | null,
  head: DecisionHead,
  recorded: RecordedJudgement | 'damaged',
): Promise<UnderstoodAgain> {
  // An engine from before it could understand has no such function.
  const functions: Partial<Engine['functions']> | undefined = judge?.engine.functions;
  if (judge === null || functions?.understandAgain === undefined) return NO_ENGINE;
  if (recorded === 'damaged') return DAMAGED;
  const { engine, library } = judge;
  const digest = toolIn(recorded.sealed);
  const known = digest === null ? null : await definitions.tool(digest).catch(absentIfLost);
  const tool = (asked: string): CheckedTool | null => (asked === digest ? known : null);
  const { hash } = library;
  return functions.understandAgain({ head, sealed: recorded.sealed }, engine.digest, { hash, tool });
}

function absentIfLost(thrown: unknown): null {
  const isLost = thrown instanceof CoreFailure && thrown.code === 'STORE_CORRUPT';
  if (isLost || thrown instanceof BlobFailure) return null;
  throw thrown;
}

export async function readRecorded(
  cell: JudgingAgain,
  index: number,
  head: RecordedJudgement['head'],
): Promise<RecordedJudgement | 'damaged'> {
  const own = await readSealed(cell, index, head.parts.sealed);
  if (own.kind === 'damaged') return 'damaged';
  const sealed = textOf(own);
  if (head.kind !== 'commit') return { head, sealed, decision: null };
  const commitment = parseHead(encodeUtf8(await cell.readHead(head.decided_at))).parts.sealed;
  const decided = await readSealed(cell, head.decided_at, commitment);
  if (commitment === null || decided.kind === 'damaged') return 'damaged';
  return { head, sealed, decision: { sealed: textOf(decided), commitment } };
}

const textOf = (sealed: Sealed): string | null => (sealed.kind === 'content' ? sealed.text : null);

type Sealed = { readonly kind: 'content'; readonly text: string } | { readonly kind: 'erased' | 'damaged' };

/** What was lost without being erased is not what its head names either. */
async function readSealed(
  { ports: { parts } }: JudgingAgain,
  index: number,
  commitment: Digest | null,
): Promise<Sealed> {
  if (commitment === null) return { kind: 'damaged' };
  try {
    const content = await parts.get(index, decodeBase64url(commitment));
    if (content === 'erased') return { kind: 'erased' };
    if (content === 'missing') return { kind: 'damaged' };
    return { kind: 'content', text: Buffer.from(content).toString('utf8') };
  } catch (thrown) {
    if (thrown instanceof PartFailure && BAD_PARTS.has(thrown.code)) return { kind: 'damaged' };
    throw thrown;
  }
}

/** Asked only of a part that was found to be the one its head names. */
export function policyIn(sealed: string | null): string | null {
  const value = openedOf(sealed)?.recall.find(({ kind }) => kind === 'policy')?.value;
  const policy = typeof value === 'object' && value !== null && 'policy' in value ? value.policy : null;
  return typeof policy === 'string' ? policy : null;
}

function toolIn(sealed: string | null): string | null {
  return openedOf(sealed)?.judged.tool_digest ?? null;
}

type Opened = {
  readonly recall: readonly { readonly kind: string; readonly value: unknown }[];
  readonly judged: { readonly tool_digest: string | null };
};

function openedOf(sealed: string | null): Opened | null {
  // printSealedDecision made it: see the kernel's judge/sealed.ts.
  return sealed === null ? null : (JSON.parse(openPart(sealed).json) as Opened);
}
