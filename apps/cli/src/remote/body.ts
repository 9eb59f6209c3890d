import type { Understanding } from '@writ/contract';
import type { CandidateBody } from '@writ/contract/api';
import type { Proposing } from '../desk/desk.ts';
import { sceneOf } from './scene.ts';

/** What a caller says of its own action is declared, and can only make it stricter. */
export function bodyOf({
  session,
  meets,
  action,
  scene,
  understanding,
}: Omit<Proposing, 'by' | 'idempotency' | 'claim'>): CandidateBody {
  const { tool, args, why, claims, evidence } = action;
  return {
    tool,
    args,
    why,
    claims: claims.map(({ fact, value, confidence }) => ({ fact, value, confidence })),
    evidence: evidence.map(({ kind, digest }) => ({ kind, digest })),
    session,
    scene: sceneOf(scene),
    ...(understanding === null ? {} : { declared: declaredOf(understanding) }),
    obligations: [...(meets ?? [])],
  };
}

function declaredOf({ effects, resources, findings, risk, costs }: Understanding) {
  return {
    effects: [...effects],
    resources: resources.map((one) => ({ ...one })),
    findings: findings.map((one) => ({ ...one })),
    risk,
    costs: costs.map((one) => ({ ...one })),
  };
}
