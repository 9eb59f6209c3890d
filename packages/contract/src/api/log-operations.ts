import { Type } from 'typebox';
import { LOG_BATCH_RECORDS_MAX } from '@writ/proof';
import { CLOSED, CountSchema } from '../schemas/values.ts';
import { API_LIMITS } from './limits.ts';
import type { Operation } from './operation.ts';
import { ProvenSchema } from './values.ts';

const NoteSchema = Type.String({ maxLength: 64 * 1_024 });

/** The log as every reader of C2SP tlog-tiles expects it, and what is convenient beside it. */
export const LOG_OPERATIONS = {
  getCheckpoint: {
    method: 'GET',
    path: '/api/v1/log/checkpoint',
    summary: 'The newest signed checkpoint',
    access: 'known',
    query: {},
    body: null,
    answer: { media: 'text/plain', schema: NoteSchema },
    codes: [],
  },
  getTile: {
    method: 'GET',
    path: '/api/v1/log/tile/{path...}',
    summary:
      'Hashes or entries of the log as a tile (C2SP tlog-tiles): L/N, L/N.p/W, entries/N, entries/N.p/W',
    access: 'read',
    query: {},
    body: null,
    answer: { media: 'application/octet-stream', schema: Type.String() },
    codes: ['NOT_FOUND'],
  },
  listEntries: {
    method: 'GET',
    path: '/api/v1/log/entries',
    summary: 'Heads of records, in order',
    access: 'read',
    query: {
      from: Type.Optional(CountSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: API_LIMITS.page_rows_max })),
    },
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          from: CountSchema,
          heads: Type.Array(Type.String({ maxLength: 1_024 }), { maxItems: API_LIMITS.page_rows_max }),
          size: CountSchema,
        },
        CLOSED,
      ),
    },
    codes: [],
  },
  listBatches: {
    method: 'GET',
    path: '/api/v1/log/batches',
    summary:
      'Heads in order, with the signed checkpoint over each batch, and the tree that they are added to',
    access: 'read',
    query: { from: Type.Optional(CountSchema) },
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          from: CountSchema,
          /** Of the tree of the first `from` records, from the largest to the smallest; base64. */
          peaks: Type.Array(Type.String({ maxLength: 44 }), { maxItems: 64 }),
          batches: Type.Array(
            Type.Object(
              {
                heads: Type.Array(Type.String({ maxLength: 1_024 }), {
                  minItems: 1,
                  maxItems: LOG_BATCH_RECORDS_MAX,
                }),
                /** The checkpoint over everything up to the end of this batch. */
                note: NoteSchema,
              },
              CLOSED,
            ),
            { maxItems: API_LIMITS.page_rows_max },
          ),
          size: CountSchema,
        },
        CLOSED,
      ),
    },
    codes: ['LOG_SHORTER'],
  },
  getProof: {
    method: 'GET',
    path: '/api/v1/log/proof/{index}',
    summary: 'One head with its inclusion proof under the newest checkpoint (C2SP tlog-proof)',
    access: 'read',
    query: {},
    body: null,
    answer: { media: 'application/json', schema: ProvenSchema },
    codes: ['NOT_FOUND'],
  },
  getConsistency: {
    method: 'GET',
    path: '/api/v1/log/consistency',
    summary: 'Proof that the newest checkpoint continues a smaller log',
    access: 'known',
    query: { from: CountSchema },
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          checkpoint: NoteSchema,
          from: CountSchema,
          size: CountSchema,
          /** Base64, as in checkpoints. */
          hashes: Type.Array(Type.String({ maxLength: 44 }), { maxItems: 64 }),
        },
        CLOSED,
      ),
    },
    codes: ['LOG_SHORTER'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
