import { Type } from 'typebox';
import { ATTESTERS, PROOFS_OF_PERSON } from '../principals.ts';
import { REMEMBERED_KINDS, UNDERSTANDING_LIMITS } from '../understanding.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { SceneObservationsSchema } from './scene.ts';
import {
  CLOSED,
  CountSchema,
  DigestSchema,
  IdSchema,
  nullable,
  ObligationsSchema,
  SealedTextSchema,
  TagSchema,
} from './values.ts';

export const SpendSchema = Type.Object(
  {
    attempt: TagSchema,
    target: nullable(Type.String({ minLength: 1, maxLength: SCHEMA_LIMITS.target_characters_max })),
  },
  CLOSED,
);

export const IdempotencyKeySchema = Type.Object(
  { key: TagSchema, body: TagSchema, sent_at: CountSchema },
  CLOSED,
);

/** Amounts by the tag of their unit. */
const AmountsSchema = Type.Array(Type.Object({ unit: TagSchema, amount: CountSchema }, CLOSED), {
  maxItems: UNDERSTANDING_LIMITS.costs_max,
});

/** Resources that rules may remember, by tag. */
const TouchedSchema = Type.Array(Type.Object({ kind: Type.Enum(REMEMBERED_KINDS), tag: TagSchema }, CLOSED), {
  maxItems: UNDERSTANDING_LIMITS.resources_max,
});

const ANSWER = {
  by: IdSchema,
  ticket: IdSchema,
  binding: DigestSchema,
  proof_of_person: Type.Enum(PROOFS_OF_PERSON),
  sealed: SealedTextSchema,
};

/** Commands on the way of one action; one schema a kind. */
export const ACTION_COMMAND_SCHEMAS = {
  propose: Type.Object(
    {
      kind: Type.Literal('propose'),
      id: IdSchema,
      by: IdSchema,
      session: TagSchema,
      shape: TagSchema,
      same: TagSchema,
      tool: TagSchema,
      args: DigestSchema,
      costs: AmountsSchema,
      touched: Type.Optional(TouchedSchema),
      idempotency: nullable(IdempotencyKeySchema),
      ticket: IdSchema,
      claim: nullable(SpendSchema),
      met_obligations: nullable(ObligationsSchema),
      input: SealedTextSchema,
      judged: SealedTextSchema,
    },
    CLOSED,
  ),
  commit: Type.Object(
    {
      kind: Type.Literal('commit'),
      by: IdSchema,
      id: IdSchema,
      spend: SpendSchema,
      args: DigestSchema,
      recorded: nullable(SealedTextSchema),
      scene: SceneObservationsSchema,
    },
    CLOSED,
  ),
  outcome: Type.Object(
    {
      kind: Type.Literal('outcome'),
      by: IdSchema,
      id: IdSchema,
      status: Type.Enum(['succeeded', 'failed', 'unknown']),
      attested_by: Type.Enum(ATTESTERS),
      unwrapped: Type.Boolean(),
      produced: Type.Array(DigestSchema, { maxItems: SCHEMA_LIMITS.produced_max }),
      spent: AmountsSchema,
      sealed: SealedTextSchema,
    },
    CLOSED,
  ),
  approve: Type.Object({ kind: Type.Literal('approve'), ...ANSWER }, CLOSED),
  deny: Type.Object({ kind: Type.Literal('deny'), ...ANSWER }, CLOSED),
  release: Type.Object(
    {
      kind: Type.Literal('release'),
      by: IdSchema,
      ticket: IdSchema,
      recorded: nullable(SealedTextSchema),
      scene: SceneObservationsSchema,
      claim: nullable(SpendSchema),
    },
    CLOSED,
  ),
};
