import { type Static, Type } from 'typebox';
import { SCHEMA_LIMITS } from '../schemas/limits.ts';
import { UnderstandingSchema } from '../schemas/understanding.ts';
import {
  CLOSED,
  CodeSchema,
  CountSchema,
  EffectsSchema,
  IdSchema,
  MillionthsSchema,
  nullable,
  ObligationsSchema,
  WordSchema,
} from '../schemas/values.ts';
import { VERDICTS } from '../verdicts.ts';
import { CandidateSchema, READ_FILE } from './action-operations.ts';
import { API_LIMITS } from './limits.ts';
import type { Operation } from './operation.ts';
import { NS_QUERY, WIRE_ANSWER_SCHEMAS, WireReasonSchema } from './values.ts';

/** What would be answered now, or why a recorded action was answered as it was. */
const ExplainSchema = Type.Union([
  // `as` is for operators: what somebody else would be answered.
  Type.Object({ candidate: CandidateSchema, as: Type.Optional(IdSchema) }, CLOSED),
  Type.Object({ id: IdSchema }, CLOSED),
]);

/** As many as one list of a rule can hold. */
const WordsSchema = Type.Array(WordSchema, { maxItems: 256 });

const FilterSchema = Type.Object(
  {
    any: Type.Optional(WordsSchema),
    all: Type.Optional(WordsSchema),
    none: Type.Optional(WordsSchema),
  },
  CLOSED,
);

/** One rule of the tool, and how it stood to the action. For operators only. */
const RuleTrialSchema = Type.Object(
  {
    rule: WordSchema,
    mode: Type.Enum(['enforce', 'shadow']),
    outcome: Type.Enum(['matched', 'effects_differ', 'condition_false', 'evidence_brought', 'failed']),
    fault: nullable(WordSchema),
    verdict: Type.Enum(VERDICTS),
    code: WordSchema,
    class: Type.Enum(['final', 'liftable', 'fillable']),
    effects: nullable(FilterSchema),
    when: nullable(Type.String({ maxLength: 4_096 })),
    obligations: WordsSchema,
    reason: nullable(Type.String({ maxLength: 256 })),
  },
  CLOSED,
);
export type WireRuleTrial = Static<typeof RuleTrialSchema>;

const ExplainedGateSchema = Type.Object(
  {
    gate: Type.Integer({ minimum: 0, maximum: SCHEMA_LIMITS.gates_max - 1 }),
    name: WordSchema,
    not_evaluated: nullable(WordSchema),
    reasons: Type.Array(WireReasonSchema, { maxItems: SCHEMA_LIMITS.reasons_max }),
  },
  CLOSED,
);

const ExplainedUnderstandingSchema = Type.Object(
  {
    effects: EffectsSchema,
    /** Those that the profile of whoever asks, or the tool, does not have. */
    outside: EffectsSchema,
    resources: UnderstandingSchema.properties.resources,
    findings: UnderstandingSchema.properties.findings,
    reversibility: UnderstandingSchema.properties.reversibility,
    /** For operators: beside the code of gate 2 it would tell where the cap is. */
    risk: Type.Optional(MillionthsSchema),
  },
  CLOSED,
);

export const ExplainedSchema = Type.Object(
  {
    /** The record that is explained; null for what was never proposed. */
    recorded: nullable(Type.Object({ id: IdSchema, index: CountSchema, time: CountSchema }, CLOSED)),
    verdict: Type.Enum(VERDICTS),
    code: CodeSchema,
    text: WIRE_ANSWER_SCHEMAS.judged.properties.text,
    /** What stands between this action and a permission: nothing, evidence, people, or what nobody lifts. */
    outlook: Type.Enum(['allowed', 'fillable', 'liftable', 'final']),
    gates: Type.Array(ExplainedGateSchema, { maxItems: SCHEMA_LIMITS.gates_max }),
    obligations: ObligationsSchema,
    understanding: nullable(ExplainedUnderstandingSchema),
    rules: Type.Optional(Type.Array(RuleTrialSchema, { maxItems: API_LIMITS.explained_rules_max })),
    rules_left_out: Type.Optional(CountSchema),
  },
  CLOSED,
);
export type Explained = Static<typeof ExplainedSchema>;

export const EXPLAIN_OPERATIONS = {
  explainAction: {
    method: 'POST',
    path: '/api/v1/actions/explain',
    summary: 'Why an action would be answered so, or was: gates, meaning, rules, and what would be allowed',
    access: 'explain',
    query: NS_QUERY,
    body: {
      media: 'application/json',
      schema: ExplainSchema,
      bytes_max: API_LIMITS.action_bytes_max,
      example: { candidate: READ_FILE },
    },
    answer: { media: 'application/json', schema: ExplainedSchema },
    codes: ['RATE_LIMIT_EXCEEDED', 'NOT_FOUND', 'INSUFFICIENT_AUTHORITY', 'ENGINE_UNKNOWN'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
