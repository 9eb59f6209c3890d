import type { Explanation } from '@writ/kernel';
import { encodeUtf8, parseHead } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import { type JudgingAgain, openJudges, policyIn, readRecorded } from './judge-again.ts';

/** Nothing is left to explain it from. */
export type NotExplained = { readonly kind: 'erased' };

/**
 * Why a recorded decision or release was answered as it was: judged again by the engine that its record
 * names, from its sealed part alone, and only told when it comes out the same.
 */
export async function explainRecord(cell: JudgingAgain, index: number): Promise<Explanation | NotExplained> {
  const head = parseHead(encodeUtf8(await cell.readHead(index)));
  if (head.kind !== 'decision' && head.kind !== 'release') {
    throw new CoreFailure('NOT_FOUND', 'no judgment stands in that record');
  }
  const judge = await openJudges(cell)(head.engine);
  // An engine of before explanations has no such function; the type knows this release only.
  const explainRecorded: unknown = judge?.engine.functions.explainRecorded;
  if (judge === null || explainRecorded === undefined) {
    throw new CoreFailure('ENGINE_UNKNOWN', 'the engine of this record cannot explain it');
  }
  const { engine, library } = judge;
  const recorded = await readRecorded(cell, index, head);
  if (recorded === 'damaged') throw differs(index);
  const policy = policyIn(recorded.sealed);
  if (policy !== null) await library.open(policy);
  const told = engine.functions.explainRecorded({ ...recorded, index }, engine.digest, library);
  switch (told.kind) {
    case 'explained':
      return told.explanation;
    case 'undecidable':
      if (told.code === 'ERASED') return { kind: 'erased' };
      throw new CoreFailure('UNAVAILABLE', `record ${index} cannot be judged again: ${told.code}`);
    case 'differs':
      throw differs(index);
    default:
      return told satisfies never;
  }
}

function differs(index: number): CoreFailure {
  return new CoreFailure('STORE_CORRUPT', `record ${index} is not what was judged`, index);
}
