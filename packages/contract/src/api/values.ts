import { type Static, Type } from 'typebox';
import { SCHEMA_LIMITS } from '../schemas/limits.ts';
import {
  CLOSED,
  CodeSchema,
  CountSchema,
  DigestSchema,
  IdSchema,
  nullable,
  ObligationsSchema,
  WordSchema,
} from '../schemas/values.ts';
import { EvidenceKindsSchema, LiftSchema } from '../schemas/reason.ts';
import { VERDICTS } from '../verdicts.ts';
import { API_LIMITS } from './limits.ts';

export const LabelSchema = Type.String({ minLength: 1, maxLength: API_LIMITS.label_characters_max });
export const TargetSchema = nullable(
  Type.String({ minLength: 1, maxLength: SCHEMA_LIMITS.target_characters_max }),
);
/** Whose it is, for those who govern the cell: all others ask in their own namespace. */
export const NS_QUERY = { ns: Type.Optional(IdSchema) };

export const AmountsSchema = Type.Array(Type.Object({ unit: WordSchema, amount: CountSchema }, CLOSED), {
  maxItems: 4,
});

/** A head with the proof that the log contains it, verbatim: what a client believes, and nothing else. */
export const ProvenSchema = Type.Object(
  {
    index: CountSchema,
    head: Type.String({ maxLength: 1_024 }),
    proof: Type.String({ maxLength: 64 * 1_024 }),
  },
  CLOSED,
);
export type WireProven = Static<typeof ProvenSchema>;

/**
 * A reason as it is shown. An agent sees the code and its fixed text; `rule` and `lift` are for operators and
 * absent otherwise.
 */
export const WireReasonSchema = Type.Object(
  {
    gate: Type.Integer({ minimum: 0, maximum: SCHEMA_LIMITS.gates_max - 1 }),
    verdict: Type.Enum(VERDICTS),
    code: CodeSchema,
    class: Type.Enum(['final', 'liftable', 'fillable']),
    text: Type.String({ maxLength: 256 }),
    evidence: Type.Optional(EvidenceKindsSchema),
    rule: Type.Optional(nullable(WordSchema)),
    lift: Type.Optional(nullable(LiftSchema)),
    lifted: Type.Optional(nullable(WordSchema)),
  },
  CLOSED,
);
export type WireReason = Static<typeof WireReasonSchema>;

export const WireGateSchema = Type.Object(
  {
    gate: Type.Integer({ minimum: 0, maximum: SCHEMA_LIMITS.gates_max - 1 }),
    name: WordSchema,
    not_evaluated: nullable(WordSchema),
    codes: Type.Array(CodeSchema, { maxItems: SCHEMA_LIMITS.reasons_max }),
  },
  CLOSED,
);

export const WireTicketSchema = Type.Object(
  { id: IdSchema, expires_at: nullable(CountSchema), binding: Type.Optional(nullable(DigestSchema)) },
  CLOSED,
);

const ReasonsSchema = Type.Array(WireReasonSchema, { maxItems: SCHEMA_LIMITS.reasons_max });

/** The answers of spec/50-http-api.md §5, by kind. `code` is the main code; `text` its template. */
export const WIRE_ANSWER_SCHEMAS = {
  judged: Type.Object(
    {
      kind: Type.Literal('judged'),
      id: IdSchema,
      verdict: Type.Enum(VERDICTS),
      code: CodeSchema,
      text: Type.String({ maxLength: 256 }),
      reasons: ReasonsSchema,
      gates: Type.Array(WireGateSchema, { maxItems: SCHEMA_LIMITS.gates_max }),
      obligations: ObligationsSchema,
      expires_at: nullable(CountSchema),
      ticket: nullable(WireTicketSchema),
    },
    CLOSED,
  ),
  spent: Type.Object(
    {
      kind: Type.Literal('spent'),
      id: IdSchema,
      decided_at: CountSchema,
      expires_at: CountSchema,
      obligations: ObligationsSchema,
    },
    CLOSED,
  ),
  repeat: Type.Object(
    {
      kind: Type.Literal('repeat'),
      id: nullable(IdSchema),
      code: CodeSchema,
      text: Type.String({ maxLength: 256 }),
      folded: Type.Boolean(),
    },
    CLOSED,
  ),
  refused: Type.Object(
    {
      kind: Type.Literal('refused'),
      code: CodeSchema,
      text: Type.String({ maxLength: 256 }),
      reasons: ReasonsSchema,
      drift: Type.Array(Type.Object({ kind: WordSchema, id: Type.String({ maxLength: 4_096 }) }, CLOSED), {
        maxItems: SCHEMA_LIMITS.drift_max,
      }),
    },
    CLOSED,
  ),
  done: Type.Object({ kind: Type.Literal('done'), id: IdSchema }, CLOSED),
};
export const WireAnswerSchema = Type.Union([
  WIRE_ANSWER_SCHEMAS.judged,
  WIRE_ANSWER_SCHEMAS.spent,
  WIRE_ANSWER_SCHEMAS.repeat,
  WIRE_ANSWER_SCHEMAS.refused,
  WIRE_ANSWER_SCHEMAS.done,
]);
export type WireAnswer = Static<typeof WireAnswerSchema>;

/** An answer with the head it stands on. Nothing proved means that nothing was recorded. */
export const AnsweredSchema = Type.Object(
  { answer: WireAnswerSchema, proven: nullable(ProvenSchema) },
  CLOSED,
);
export type WireAnswered = Static<typeof AnsweredSchema>;
export const ANSWERED = { media: 'application/json', schema: AnsweredSchema } as const;

/** As above, with the nonce that opens the commitment to the arguments: together they are the writ. */
export const ProposedSchema = Type.Object(
  { id: IdSchema, answer: WireAnswerSchema, proven: nullable(ProvenSchema), nonce: DigestSchema },
  CLOSED,
);
export type WireProposed = Static<typeof ProposedSchema>;

/** RFC 9457. `code` is from the one list; members of the answer stand beside it where there is one. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ maxLength: 128 }),
    title: Type.String({ maxLength: 256 }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: CodeSchema,
    detail: Type.Optional(Type.String({ maxLength: 1_024 })),
    id: Type.Optional(IdSchema),
    answer: Type.Optional(WireAnswerSchema),
    proven: Type.Optional(nullable(ProvenSchema)),
    nonce: Type.Optional(DigestSchema),
  },
  CLOSED,
);
export type Problem = Static<typeof ProblemSchema>;
