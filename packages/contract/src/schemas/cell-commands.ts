import { Type } from 'typebox';
import { SCHEMA_LIMITS } from './limits.ts';
import { CLOSED, CountSchema, DigestSchema, IdSchema, nullable, TagSchema } from './values.ts';

/** Commands that only the cell gives itself; one schema a kind. */
export const CELL_COMMAND_SCHEMAS = {
  term: Type.Object(
    {
      kind: Type.Literal('term'),
      id: IdSchema,
      term: CountSchema,
      reason: Type.Enum(['start', 'takeover', 'unknown']),
    },
    CLOSED,
  ),
  clock: Type.Object(
    { kind: Type.Literal('clock'), id: IdSchema, from: CountSchema, to: CountSchema },
    CLOSED,
  ),
  engine: Type.Object({ kind: Type.Literal('engine'), id: IdSchema, engine: DigestSchema }, CLOSED),
  snapshot: Type.Object(
    { kind: Type.Literal('snapshot'), id: IdSchema, size: CountSchema, state_digest: DigestSchema },
    CLOSED,
  ),
  quarantine: Type.Object({ kind: Type.Literal('quarantine'), id: IdSchema, command: DigestSchema }, CLOSED),
  open_questions: Type.Object({ kind: Type.Literal('open_questions'), id: IdSchema, by: IdSchema }, CLOSED),
  close_questions: Type.Object(
    {
      kind: Type.Literal('close_questions'),
      id: IdSchema,
      root: IdSchema,
      explained: nullable(CountSchema),
      weighed: nullable(CountSchema),
    },
    CLOSED,
  ),
  tick: Type.Object(
    {
      kind: Type.Literal('tick'),
      id: IdSchema,
      folded: Type.Array(Type.Object({ index: CountSchema, count: CountSchema }, CLOSED), {
        maxItems: SCHEMA_LIMITS.folded_max,
      }),
    },
    CLOSED,
  ),
};

export const SaltsSchema = Type.Object(
  { head: TagSchema, state: DigestSchema, sealed: DigestSchema },
  CLOSED,
);

export const StampSchema = Type.Object(
  {
    now_ms: CountSchema,
    salts: Type.Array(SaltsSchema, { maxItems: SCHEMA_LIMITS.salts_max }),
    quarantined: Type.Optional(Type.Boolean()),
  },
  CLOSED,
);
