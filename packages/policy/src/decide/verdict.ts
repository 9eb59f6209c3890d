export type Verdict = 'ALLOW' | 'BLOCK' | 'ESCALATE' | 'NEED_EVIDENCE';
export type ReasonClass = 'final' | 'liftable' | 'fillable';

const RANK: Readonly<Record<Verdict, number>> = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 };

export function strictest(left: Verdict, right: Verdict): Verdict {
  return RANK[right] > RANK[left] ? right : left;
}
