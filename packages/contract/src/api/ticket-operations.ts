import { type Static, Type } from 'typebox';
import { PROOFS_OF_PERSON } from '../principals.ts';
import { SCHEMA_LIMITS } from '../schemas/limits.ts';
import { SceneSchema } from '../schemas/scene.ts';
import { CLOSED, CodeSchema, CountSchema, DigestSchema, IdSchema, nullable } from '../schemas/values.ts';
import { PAGE_QUERY } from './action-operations.ts';
import { API_LIMITS } from './limits.ts';
import type { Operation } from './operation.ts';
import { AnsweredSchema, LabelSchema, ProvenSchema, TargetSchema } from './values.ts';

export const TicketViewSchema = Type.Object(
  {
    id: IdSchema,
    action: IdSchema,
    by: IdSchema,
    status: Type.Enum(['open', 'approved', 'denied', 'released', 'expired', 'void']),
    binding: DigestSchema,
    opened: CountSchema,
    expires_at: CountSchema,
    lifts: Type.Array(
      Type.Object({ code: CodeSchema, needs: Type.Enum(PROOFS_OF_PERSON), quorum: CountSchema }, CLOSED),
      { maxItems: SCHEMA_LIMITS.lifts_max },
    ),
  },
  CLOSED,
);

/** The binding is what the person was shown: an answer to anything else is refused. */
export const TicketAnswerSchema = Type.Object(
  {
    binding: DigestSchema,
    note: Type.Optional(Type.String({ maxLength: API_LIMITS.reason_characters_max })),
  },
  CLOSED,
);
export type TicketAnswerBody = Static<typeof TicketAnswerSchema>;

export const ReleaseSchema = Type.Object(
  {
    scene: Type.Optional(nullable(SceneSchema)),
    claim: Type.Optional(nullable(Type.Object({ attempt: LabelSchema, target: TargetSchema }, CLOSED))),
  },
  CLOSED,
);
export type ReleaseBody = Static<typeof ReleaseSchema>;

const ANSWER_BODY = {
  media: 'application/json',
  schema: TicketAnswerSchema,
  bytes_max: API_LIMITS.form_bytes_max,
  example: { binding: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU', note: 'looked at the diff' },
} as const;

export const TICKET_OPERATIONS = {
  listTickets: {
    method: 'GET',
    path: '/api/v1/tickets',
    summary: 'What waits, or waited, for a person',
    access: 'read',
    query: {
      ...PAGE_QUERY,
      status: Type.Optional(Type.Enum(['open', 'approved', 'denied', 'released', 'expired', 'void'])),
    },
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          tickets: Type.Array(TicketViewSchema, { maxItems: API_LIMITS.page_rows_max }),
          as_of: CountSchema,
          next: nullable(CountSchema),
        },
        CLOSED,
      ),
    },
    codes: [],
  },
  getTicket: {
    method: 'GET',
    path: '/api/v1/tickets/{id}',
    summary: 'What a ticket asks about, as it was sealed: the binding is the commitment to exactly this',
    access: 'approve',
    query: {},
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          ticket: TicketViewSchema,
          approvals: CountSchema,
          /** The sealed part of the decision (spec/06-records.md); null when it was erased. */
          sealed: nullable(Type.String({ maxLength: API_LIMITS.sealed_characters_max })),
          /** The decision that opened it. */
          proven: ProvenSchema,
        },
        CLOSED,
      ),
    },
    codes: ['TICKET_UNKNOWN'],
  },
  approveTicket: {
    method: 'POST',
    path: '/api/v1/tickets/{id}/approve',
    summary: 'Approve exactly what the binding stands for',
    access: 'approve',
    query: {},
    body: ANSWER_BODY,
    answer: { media: 'application/json', schema: AnsweredSchema },
    codes: [
      'TICKET_UNKNOWN',
      'TICKET_CLOSED',
      'TICKET_EXPIRED',
      'ALREADY_ANSWERED',
      'BINDING_DIFFERS',
      'PROOF_OF_PERSON_TOO_WEAK',
      'SEPARATION_OF_DUTIES',
    ],
  },
  denyTicket: {
    method: 'POST',
    path: '/api/v1/tickets/{id}/deny',
    summary: 'Deny what the ticket asks for',
    access: 'approve',
    query: {},
    body: ANSWER_BODY,
    answer: { media: 'application/json', schema: AnsweredSchema },
    codes: ['TICKET_UNKNOWN', 'TICKET_CLOSED', 'TICKET_EXPIRED', 'ALREADY_ANSWERED', 'BINDING_DIFFERS'],
  },
  releaseTicket: {
    method: 'POST',
    path: '/api/v1/tickets/{id}/release',
    summary: 'Turn an approved ticket into a writ, once; everything is judged again',
    access: 'propose',
    query: {},
    body: {
      media: 'application/json',
      schema: ReleaseSchema,
      bytes_max: API_LIMITS.action_bytes_max,
      example: {},
    },
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          answer: AnsweredSchema.properties.answer,
          proven: AnsweredSchema.properties.proven,
          nonce: nullable(DigestSchema),
        },
        CLOSED,
      ),
    },
    codes: ['TICKET_UNKNOWN', 'TICKET_NOT_APPROVED', 'TICKET_EXPIRED', 'ALREADY_RELEASED', 'STATE_DRIFT'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
