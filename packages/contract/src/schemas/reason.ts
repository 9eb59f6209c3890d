import { Type } from 'typebox';
import { PROOFS_OF_PERSON } from '../principals.ts';
import { VERDICTS } from '../verdicts.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { CLOSED, CodeSchema, CountSchema, nullable, WordSchema } from './values.ts';

const GateNumberSchema = Type.Integer({ minimum: 0, maximum: SCHEMA_LIMITS.gates_max - 1 });

export const LiftSchema = Type.Object(
  {
    needs: Type.Enum(PROOFS_OF_PERSON),
    quorum: CountSchema,
    escalate_to: nullable(WordSchema),
    deadline_s: nullable(CountSchema),
  },
  CLOSED,
);

/** As many kinds as one rule may ask for. */
export const EvidenceKindsSchema = Type.Array(WordSchema, {
  minItems: 1,
  maxItems: SCHEMA_LIMITS.evidence_kinds_max,
});

export const ReasonSchema = Type.Object(
  {
    gate: GateNumberSchema,
    verdict: Type.Enum(VERDICTS),
    code: CodeSchema,
    class: Type.Enum(['final', 'liftable', 'fillable']),
    evidence: Type.Optional(EvidenceKindsSchema),
    rule: nullable(WordSchema),
    lift: nullable(LiftSchema),
    lifted: nullable(WordSchema),
  },
  CLOSED,
);
export const ReasonsSchema = Type.Array(ReasonSchema, { maxItems: SCHEMA_LIMITS.reasons_max });

export const GateReportSchema = Type.Object(
  {
    gate: GateNumberSchema,
    name: WordSchema,
    not_evaluated: nullable(WordSchema),
    reasons: ReasonsSchema,
  },
  CLOSED,
);
