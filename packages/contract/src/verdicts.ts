/** From mildest to strictest; the strictest of all reasons wins. */
export const VERDICTS = ['ALLOW', 'NEED_EVIDENCE', 'ESCALATE', 'BLOCK'] as const;

export type Verdict = (typeof VERDICTS)[number];

const RANK: Readonly<Record<Verdict, number>> = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 };

export function stricter(left: Verdict, right: Verdict): Verdict {
  return RANK[right] > RANK[left] ? right : left;
}

export function isStricter(left: Verdict, right: Verdict): boolean {
  return RANK[left] > RANK[right];
}
