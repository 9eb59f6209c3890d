import type { Digest } from '@writ/proof';
import type { Library } from './gates/gate.ts';
import { composeDecision } from './judge/compose.ts';
import { judge } from './judge/judge.ts';
import type { SealedAgain, SealedDecision } from './judge/sealed.ts';
import { openSealedAgain, openSealedDecision } from './judge/sealed.ts';
import { dependenciesOf, hashState } from './judge/state-hash.ts';
import { recallRecorded } from './recall/recorded.ts';
import type { CommitHead, DecisionHead, ReleaseHead } from '@writ/proof';

/** The same verdict on recorded input, or where it differs, or why it cannot be told. */
export type DecidedAgain =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly members: readonly string[] }
  | {
      readonly kind: 'undecidable';
      readonly code: 'ERASED' | 'ENGINE' | 'RECALL_MISSING' | 'POLICY_MISSING';
    };

export type RecordedJudgement = {
  readonly head: DecisionHead | ReleaseHead | CommitHead;
  /** The sealed part; null after erasure. */
  readonly sealed: string | null;
  /** For a commit: the sealed part of the decision it names. */
  readonly decision: { readonly sealed: string | null; readonly commitment: Digest } | null;
};

/**
 * Judges a recorded action again, from its sealed part alone: no state, no clock. Standby, verifying witness,
 * counterfactual and auditor use this one function. `engine` is the digest of the engine that runs it.
 */
export function decideAgain(recorded: RecordedJudgement, engine: Digest, library: Library): DecidedAgain {
  const { head } = recorded;
  if (head.engine !== engine) return { kind: 'undecidable', code: 'ENGINE' };
  const opened = open(recorded, library);
  if (opened === null) return { kind: 'undecidable', code: 'ERASED' };
  const { judgement: sealed, judged } = opened;
  const policy = sealed.recall.find((item) => item.kind === 'policy')?.value ?? null;
  if (policy !== null && library.policy(policy.policy) === null)
    return { kind: 'undecidable', code: 'POLICY_MISSING' };
  const recall = recallRecorded(sealed.recall);
  try {
    if (sealed.recall.some((item) => item.kind === 'principal' && item.id === sealed.context.executor)) {
      recall.read('principal', sealed.context.executor);
    }
    const judgement = judge({ context: sealed.context, judged, recall, library });
    return compare(recorded, opened, judgement, recall, library);
  } catch {
    return { kind: 'undecidable', code: 'RECALL_MISSING' };
  }
}

type Opened = {
  readonly judgement: SealedDecision | SealedAgain;
  readonly judged: SealedDecision['judged'];
};

function open({ head, sealed, decision }: RecordedJudgement, { hash }: Library): Opened | null {
  const commitment = head.parts.sealed;
  if (sealed === null || commitment === null) return null;
  if (head.kind !== 'commit') {
    const opened = openSealedDecision(hash, sealed, commitment);
    return { judgement: opened, judged: opened.judged };
  }
  if (decision === null || decision.sealed === null) return null;
  const { judged } = openSealedDecision(hash, decision.sealed, decision.commitment);
  return { judgement: openSealedAgain(hash, sealed, commitment), judged };
}

function compare(
  { head }: RecordedJudgement,
  { judgement: sealed, judged }: Opened,
  judgement: ReturnType<typeof judge>,
  recall: ReturnType<typeof recallRecorded>,
  library: Library,
): DecidedAgain {
  const differing: string[] = [];
  const expect = (member: string, recorded: unknown, again: unknown): void => {
    if (JSON.stringify(recorded) !== JSON.stringify(again)) differing.push(member);
  };
  if (head.kind === 'commit') {
    expect('verdict', 'ALLOW', judgement.verdict);
    expect('obligations', head.obligations, judgement.obligations);
  } else {
    const settled = settle(head, sealed, judged, judgement, recall, library);
    expect('verdict', head.verdict, settled.verdict);
    expect('code', head.code, settled.code);
    expect('obligations', head.obligations, settled.verdict === 'ALLOW' ? judgement.obligations : []);
    expect('reasons', head.reasons, judgement.reasons.length);
    expect('expires_at', head.expires_at, settled.expires_at);
  }
  expect('sealed.reasons', sealed.reasons, judgement.reasons);
  const dependencies = dependenciesOf(judged, recall.readSet());
  expect('state_hash', head.state_hash, hashState(library.hash, sealed.context, dependencies));
  return differing.length === 0 ? { kind: 'same' } : { kind: 'differs', members: differing };
}

type Settled = { readonly verdict: string; readonly code: string; readonly expires_at: number | null };

/** What the judgement comes to once tickets are considered, by the same code that composed the record. */
function settle(
  head: DecisionHead | ReleaseHead,
  sealed: SealedDecision | SealedAgain,
  judged: SealedDecision['judged'],
  judgement: ReturnType<typeof judge>,
  recall: ReturnType<typeof recallRecorded>,
  library: Library,
): Settled {
  if (head.kind === 'release') {
    const { verdict, code } = judgement;
    return { verdict, code, expires_at: head.expires_at };
  }
  const salts = { head: head.salt, state: '', sealed: '' };
  const { draft } = composeDecision({
    library,
    context: sealed.context,
    judged,
    judgement,
    recall,
    index: 0,
    salts,
    input_text: 'null',
    judged_text: 'null',
  });
  if (draft.head.kind !== 'decision') throw new TypeError('not a decision');
  const { verdict, code, expires_at } = draft.head;
  return { verdict, code, expires_at };
}
