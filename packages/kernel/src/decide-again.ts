import type { Library } from './gates/gate.ts';
import { blindDefinitions, settleDecision } from './judge/compose.ts';
import { type Judgement, judge } from './judge/judge.ts';
import type { SealedAgain, SealedDecision } from './judge/sealed.ts';
import { openSealedAgain, openSealedDecision } from './judge/sealed.ts';
import { dependenciesOf, hashState } from './judge/state-hash.ts';
import type { AnyRecalled, Recall } from './recall/recall.ts';
import { recallRecorded } from './recall/recorded.ts';
import { RECEIPT_LIFE_MS, WRIT_LIFE_MS } from './state/limits.ts';
import { type CommitHead, type DecisionHead, type Digest, Failure, type ReleaseHead } from '@writ/proof';

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
  if (opened === 'erased') return { kind: 'undecidable', code: 'ERASED' };
  if (opened === 'tampered') return { kind: 'differs', members: ['parts.sealed'] };
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

function open(recorded: RecordedJudgement, library: Library): Opened | 'erased' | 'tampered' {
  try {
    return openParts(recorded, library) ?? 'erased';
  } catch (error) {
    if (error instanceof Failure && error.code === 'PART_MISMATCH') return 'tampered';
    throw error;
  }
}

function openParts({ head, sealed, decision }: RecordedJudgement, { hash }: Library): Opened | null {
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
  judgement: Judgement,
  recall: Recall,
  library: Library,
): DecidedAgain {
  const differing: string[] = [];
  const expect = (member: string, recorded: unknown, again: unknown): void => {
    if (recorded !== again && JSON.stringify(recorded) !== JSON.stringify(again)) differing.push(member);
  };
  const { verdict, code, expires_at, ticket } = settle(head, sealed, judgement, recall, library);
  if (head.kind === 'commit') {
    expect('verdict', 'ALLOW', verdict);
  } else {
    expect('verdict', head.verdict, verdict);
    expect('code', head.code, code);
    expect('reasons', head.reasons, judgement.reasons.length);
    expect('ticket', head.ticket, ticket);
  }
  expect('obligations', head.obligations, verdict === 'ALLOW' ? judgement.obligations : []);
  expect('expires_at', head.expires_at, expires_at);
  expect('sealed.reasons', sealed.reasons, judgement.reasons);
  expect('sealed.shadow', sealed.shadow, judgement.shadow);
  const readSet = recall.readSet();
  for (const [member, again] of Object.entries(whatItWasAbout(head, sealed.context, readSet, library))) {
    // What it was about has members of a head only.
    expect(member, head[member as keyof typeof head], again);
  }
  const dependencies = dependenciesOf(judged, readSet);
  expect('state_hash', head.state_hash, hashState(library.hash, sealed.context, dependencies));
  return differing.length === 0 ? { kind: 'same' } : { kind: 'differs', members: differing };
}

/** A head that names another action, executor or moment than was judged is no record of that judgment. */
function whatItWasAbout(
  head: RecordedJudgement['head'],
  context: SealedDecision['context'],
  readSet: readonly AnyRecalled[],
  library: Library,
): Partial<RecordedJudgement['head']> {
  const { args, engine, executor, id, now_ms, ns, term, wall } = context;
  const salts = { head: head.salt, state: '', sealed: '' };
  const definitions = blindDefinitions({ library, salts }, readSet);
  return { args, engine, executor, id, ns, term, time: now_ms, wall, ...definitions };
}

type Settled = {
  readonly verdict: string;
  readonly code: string;
  readonly expires_at: number | null;
  readonly ticket: string | null;
};

/** What the judgement comes to once tickets are considered, by the same code that composed the record. */
function settle(
  { kind }: RecordedJudgement['head'],
  { context }: SealedDecision | SealedAgain,
  judgement: Judgement,
  recall: Recall,
  library: Library,
): Settled {
  const { lifting: ticket, now_ms, wall } = context;
  const { verdict, code } = judgement;
  switch (kind) {
    case 'commit':
      return { verdict, code, expires_at: now_ms + RECEIPT_LIFE_MS, ticket };
    case 'release': {
      const permits = verdict === 'ALLOW' && wall > 0;
      return { verdict, code, expires_at: permits ? now_ms + WRIT_LIFE_MS : null, ticket };
    }
    case 'decision': {
      const settled = settleDecision(context, judgement, recall, library);
      const { expires_at, escalation } = settled;
      return { verdict: settled.verdict, code: settled.code, expires_at, ticket: escalation.ticket };
    }
    default:
      return kind satisfies never;
  }
}
