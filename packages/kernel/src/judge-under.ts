import type { Code, Obligation, Reason, Verdict } from '@writ/contract';
import type { CompiledPolicy } from '@writ/policy';
import type { DecisionHead, ReleaseHead } from '@writ/proof';
import type { Library } from './gates/gate.ts';
import { judge } from './judge/judge.ts';
import { openSealedDecision } from './judge/sealed.ts';
import type { Recall, RecallKind, RecallValues } from './recall/recall.ts';
import { RecallMissing, recallRecorded } from './recall/recorded.ts';

/** What another policy would have made of a recorded action. */
export type JudgedUnder =
  | {
      readonly kind: 'judged';
      readonly tool: string;
      readonly before: Pick<DecisionHead, 'verdict' | 'code' | 'obligations'>;
      readonly after: {
        readonly verdict: Verdict;
        readonly code: Code;
        readonly obligations: readonly Obligation[];
        readonly reasons: readonly Reason[];
      };
    }
  /** `RECALL_MISSING`: the policy asks what was not read then, and nobody can say any more. */
  | { readonly kind: 'undecidable'; readonly code: 'ERASED' | 'PART_MISMATCH' | 'RECALL_MISSING' };

/**
 * Judges a recorded action from its sealed part, with all that was recalled then, by another policy and by
 * the gates of this engine. Nothing is changed and nothing follows from it.
 */
export function judgeUnder(
  recorded: { readonly head: DecisionHead | ReleaseHead; readonly sealed: string | null },
  policy: CompiledPolicy,
  hash: Library['hash'],
): JudgedUnder {
  const { head, sealed } = recorded;
  const commitment = head.parts.sealed;
  if (sealed === null || commitment === null) return { kind: 'undecidable', code: 'ERASED' };
  const library: Library = { hash, policy: () => policy };
  let opened: ReturnType<typeof openSealedDecision>;
  try {
    opened = openSealedDecision(hash, sealed, commitment);
  } catch {
    return { kind: 'undecidable', code: 'PART_MISMATCH' };
  }
  const recall = withPolicy(recallRecorded(opened.recall), policy);
  try {
    const { code, obligations, reasons, verdict } = judge({
      context: opened.context,
      judged: opened.judged,
      recall,
      library,
    });
    const after = { verdict, code, obligations: verdict === 'ALLOW' ? obligations : [], reasons };
    return { kind: 'judged', tool: opened.judged.tool, before: head, after };
  } catch (error) {
    if (error instanceof RecallMissing) return { kind: 'undecidable', code: 'RECALL_MISSING' };
    throw error;
  }
}

/** The same recall, where the policy in force is another one. */
function withPolicy(recall: Recall, { digest }: CompiledPolicy): Recall {
  return {
    read<K extends RecallKind>(kind: K, id: string): RecallValues[K] {
      if (kind !== 'policy') return recall.read(kind, id);
      // The value of kind `policy`, which K is here.
      return { policy: digest, slice: '' } as RecallValues[K];
    },
    readSet: () => recall.readSet(),
  };
}
