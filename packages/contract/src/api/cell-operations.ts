import { Type } from 'typebox';
import { SCOPES } from '../principals.ts';
import { SCHEMA_LIMITS } from '../schemas/limits.ts';
import { CLOSED, CountSchema, IdSchema, JsonValueSchema, nullable, WordSchema } from '../schemas/values.ts';
import { API_LIMITS } from './limits.ts';
import type { Operation } from './operation.ts';

const StatusSchema = Type.Object(
  {
    term: CountSchema,
    namespaces: CountSchema,
    principals: CountSchema,
    open_writs: CountSchema,
    without_outcome: CountSchema,
    tickets: CountSchema,
    frozen: Type.Array(WordSchema, { maxItems: 10_000 }),
    failed: Type.Array(
      Type.Object({ what: WordSchema, failures: CountSchema, last_failure: nullable(WordSchema) }, CLOSED),
      { maxItems: 64 },
    ),
  },
  CLOSED,
);

/** What the machinery around a cell asks. */
export const CELL_OPERATIONS = {
  health: {
    method: 'GET',
    path: '/health',
    summary: 'The process is there',
    access: 'anyone',
    query: {},
    body: null,
    answer: { media: 'application/json', schema: Type.Object({ status: Type.Literal('alive') }, CLOSED) },
    codes: [],
  },
  ready: {
    method: 'GET',
    path: '/ready',
    summary: 'The cell answers: open, durable and signing',
    access: 'anyone',
    query: {},
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          status: Type.Enum(['ready', 'not_ready']),
          phase: WordSchema,
          size: CountSchema,
          /** How far the background check of the whole log has come. */
          scrubbed: CountSchema,
        },
        CLOSED,
      ),
    },
    codes: [],
  },
  getStatus: {
    method: 'GET',
    path: '/api/v1/status',
    summary: 'What is open, what is frozen, and what failed behind the answers, in the whole cell',
    access: 'operate',
    query: {},
    body: null,
    answer: { media: 'application/json', schema: StatusSchema },
    codes: [],
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    summary: 'Counters in the text form of Prometheus',
    access: 'operate',
    query: {},
    body: null,
    answer: { media: 'text/plain; version=0.0.4', schema: Type.String() },
    codes: [],
  },
  openApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    access: 'anyone',
    query: {},
    body: null,
    answer: { media: 'application/json', schema: Type.Unsafe<object>({}) },
    codes: [],
  },
  redactValue: {
    method: 'POST',
    path: '/api/v1/redactions',
    summary: 'What a run gave, with a token for each secret and each piece of personal data; nothing is kept',
    access: 'outcome',
    query: {},
    body: {
      media: 'application/json',
      schema: Type.Object({ value: JsonValueSchema }, CLOSED),
      bytes_max: API_LIMITS.redaction_bytes_max,
      example: { value: 'mail me at a@example.com' },
    },
    answer: {
      media: 'application/json',
      schema: Type.Object({ value: JsonValueSchema, found: CountSchema }, CLOSED),
    },
    codes: [],
  },
  whoAmI: {
    method: 'GET',
    path: '/api/v1/me',
    summary: 'Whose credential this is, and what it may do',
    access: 'known',
    query: {},
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          principal: IdSchema,
          ns: IdSchema,
          credential: IdSchema,
          scopes: Type.Array(Type.Enum(SCOPES), { maxItems: SCOPES.length }),
          origin: Type.String({ maxLength: SCHEMA_LIMITS.origin_characters_max }),
          vkey: Type.String({ maxLength: 512 }),
        },
        CLOSED,
      ),
    },
    codes: [],
  },
} as const satisfies Readonly<Record<string, Operation>>;
