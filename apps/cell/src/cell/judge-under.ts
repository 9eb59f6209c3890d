import { POLICY_WORDS } from '@writ/contract';
import type { JudgedUnder } from '@writ/kernel';
import type { CompiledPolicy, Problem } from '@writ/policy';
import { sha256Base64url } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import { type Engine, openEngine } from '../engine/load-engine.ts';
import { headsOf, type JudgingAgain, READ_BYTES, readRecorded } from './judge-again.ts';

export type RecordJudgedUnder = { readonly index: number; readonly under: JudgedUnder };

/** The decisions and releases of one batch; `next` is the record after it. */
export type BatchJudgedUnder = { readonly next: number; readonly judged: readonly RecordJudgedUnder[] };

type Simulating = JudgingAgain & { readonly running: { state(): { readonly engine: string } } };

export type Simulation =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'ready';
      run(range: { readonly from: number; readonly to: number }): AsyncGenerator<BatchJudgedUnder, void>;
    };

/**
 * Judges what is recorded under another policy, by the engine that decides now. The policy is put in force
 * nowhere, and nothing is written.
 */
export async function openSimulation(cell: Simulating, text: string): Promise<Simulation> {
  const engine = await openEngine(cell.engines, cell.running.state().engine);
  const parsed = engine.functions.parsePolicy(text, POLICY_WORDS);
  if (parsed.kind === 'refused') return parsed;
  const policy = engine.functions.compilePolicy(parsed.policy);
  return { kind: 'ready', run: (range) => judgeRange(cell, engine, policy, range) };
}

async function* judgeRange(
  cell: JudgingAgain,
  engine: Engine,
  policy: CompiledPolicy,
  range: { readonly from: number; readonly to: number },
): AsyncGenerator<BatchJudgedUnder, void> {
  const to = Math.min(range.to, cell.running.durableSize());
  for (let next = range.from; next < to; ) {
    const batches = await cell.readBatches(next, READ_BYTES);
    if (batches.length === 0) throw new CoreFailure('STORE_CORRUPT', `record ${next} is missing`, next);
    for (const batch of batches) {
      const end = Math.min(batch.from + batch.count, to);
      const judged: RecordJudgedUnder[] = [];
      for (const { index, head } of headsOf(batch)) {
        if (index < next || index >= end || (head.kind !== 'decision' && head.kind !== 'release')) continue;
        const recorded = await readRecorded(cell, index, head);
        const under: JudgedUnder =
          recorded === 'damaged'
            ? { kind: 'undecidable', code: 'PART_MISMATCH' }
            : engine.functions.judgeUnder({ head, sealed: recorded.sealed }, policy, sha256Base64url);
        judged.push({ index, under });
      }
      next = end;
      yield { next, judged };
      if (next >= to) return;
    }
  }
}
