import { Type } from 'typebox';
import { VERDICTS } from '../verdicts.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { GateReportSchema, ReasonsSchema } from './reason.ts';
import {
  CLOSED,
  CodeSchema,
  CountSchema,
  DigestSchema,
  ForeignDigestSchema,
  IdSchema,
  nullable,
  ObligationsSchema,
  WordSchema,
} from './values.ts';

/** Ids of things: a tool's tag, a principal's id, or the name of an item of the scene. */
const ThingSchema = Type.String({ maxLength: SCHEMA_LIMITS.name_characters_max });

export const DependencySchema = Type.Object(
  { kind: WordSchema, id: ThingSchema, version: CountSchema, digest: nullable(ForeignDigestSchema) },
  CLOSED,
);
export const DriftSchema = Type.Object({ kind: WordSchema, id: ThingSchema }, CLOSED);

export const TicketViewSchema = Type.Object(
  {
    id: IdSchema,
    action: IdSchema,
    binding: nullable(DigestSchema),
    expires_at: nullable(CountSchema),
    lifts: Type.Array(CodeSchema, { maxItems: SCHEMA_LIMITS.lifts_max }),
  },
  CLOSED,
);

/** Every answer by its kind. */
export const ANSWER_SCHEMAS = {
  judged: Type.Object(
    {
      kind: Type.Literal('judged'),
      index: CountSchema,
      id: IdSchema,
      verdict: Type.Enum(VERDICTS),
      code: CodeSchema,
      reasons: ReasonsSchema,
      gates: Type.Array(GateReportSchema, { maxItems: SCHEMA_LIMITS.gates_max }),
      obligations: ObligationsSchema,
      expires_at: nullable(CountSchema),
      ticket: nullable(TicketViewSchema),
    },
    CLOSED,
  ),
  spent: Type.Object(
    {
      kind: Type.Literal('spent'),
      decided_at: CountSchema,
      index: CountSchema,
      id: IdSchema,
      expires_at: CountSchema,
      obligations: ObligationsSchema,
    },
    CLOSED,
  ),
  repeat: Type.Object(
    {
      kind: Type.Literal('repeat'),
      index: CountSchema,
      id: nullable(IdSchema),
      code: CodeSchema,
      folded: Type.Boolean(),
    },
    CLOSED,
  ),
  refused: Type.Object(
    {
      kind: Type.Literal('refused'),
      index: nullable(CountSchema),
      code: CodeSchema,
      drift: Type.Array(DriftSchema, { maxItems: SCHEMA_LIMITS.drift_max }),
      reasons: ReasonsSchema,
    },
    CLOSED,
  ),
  done: Type.Object({ kind: Type.Literal('done'), index: CountSchema, id: IdSchema }, CLOSED),
};

export const AnswerSchema = Type.Union([
  ANSWER_SCHEMAS.judged,
  ANSWER_SCHEMAS.spent,
  ANSWER_SCHEMAS.repeat,
  ANSWER_SCHEMAS.refused,
  ANSWER_SCHEMAS.done,
]);
