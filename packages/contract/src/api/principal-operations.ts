import { type Static, Type } from 'typebox';
import { PRINCIPAL_KINDS, SCOPES, WALLS } from '../principals.ts';
import { PrincipalDefinitionSchema } from '../schemas/principal.ts';
import { CLOSED, CountSchema, IdSchema, nullable } from '../schemas/values.ts';
import { API_LIMITS } from './limits.ts';
import { formOf, type Operation } from './operation.ts';
import { ANSWERED, AnsweredSchema, LabelSchema, NS_QUERY } from './values.ts';

export const PrincipalBodySchema = Type.Object(
  {
    name: LabelSchema,
    definition: PrincipalDefinitionSchema,
    /** Who is given this definition in the place of the one it has; a new one if absent. */
    principal: Type.Optional(IdSchema),
  },
  CLOSED,
);
export type PrincipalBody = Static<typeof PrincipalBodySchema>;

export const PrincipalViewSchema = Type.Object(
  {
    principal: IdSchema,
    kind: Type.Enum(PRINCIPAL_KINDS),
    scopes: Type.Array(Type.Enum(SCOPES), { maxItems: SCOPES.length }),
    wall: Type.Enum(WALLS),
    disabled: Type.Boolean(),
    /** The record that changed it last. */
    changed: CountSchema,
    /** For operators: what an agent may do at most is not for agents to know. */
    definition: Type.Optional(PrincipalDefinitionSchema),
  },
  CLOSED,
);

export const CredentialBodySchema = Type.Object(
  {
    scopes: Type.Array(Type.Enum(SCOPES), { maxItems: SCOPES.length, uniqueItems: true }),
    expires_at: CountSchema,
  },
  CLOSED,
);
export type CredentialBody = Static<typeof CredentialBodySchema>;

export const CredentialViewSchema = Type.Object(
  {
    id: IdSchema,
    scopes: Type.Array(Type.Enum(SCOPES), { maxItems: SCOPES.length }),
    expires_at: CountSchema,
    ends_at: nullable(CountSchema),
  },
  CLOSED,
);

/** Absent: at once. */
export const EndCredentialSchema = Type.Object({ at: Type.Optional(CountSchema) }, CLOSED);
export type EndCredentialBody = Static<typeof EndCredentialSchema>;

const EXAMPLE_AGENT = {
  name: 'coder',
  definition: {
    kind: 'agent',
    scopes: ['propose', 'commit', 'outcome'],
    effects: ['READ_REPO'],
    risk_cap: 500_000,
    wall: 1,
    executor: null,
    root: null,
    cnf: null,
    expires_at: null,
    limits: { actions_per_minute: 600, open_writs: 20, pending_tickets: 5 },
  },
};

export const PRINCIPAL_OPERATIONS = {
  listPrincipals: {
    method: 'GET',
    path: '/api/v1/principals',
    summary: 'Who is registered in the namespace',
    access: 'read',
    query: {
      ...NS_QUERY,
      after: Type.Optional(IdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: API_LIMITS.page_rows_max })),
      min_index: Type.Optional(CountSchema),
    },
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          principals: Type.Array(PrincipalViewSchema, { maxItems: API_LIMITS.page_rows_max }),
          as_of: CountSchema,
          next: nullable(IdSchema),
        },
        CLOSED,
      ),
    },
    codes: [],
  },
  registerPrincipal: {
    method: 'POST',
    path: '/api/v1/principals',
    summary: 'Register an agent, an executor or a person',
    access: 'govern',
    query: NS_QUERY,
    body: formOf(PrincipalBodySchema, EXAMPLE_AGENT),
    answer: {
      media: 'application/json',
      schema: Type.Object({ ...AnsweredSchema.properties, principal: IdSchema }, CLOSED),
    },
    codes: ['INVALID_COMMAND', 'CAPACITY', 'NAMESPACE_ERASED'],
  },
  disablePrincipal: {
    method: 'POST',
    path: '/api/v1/principals/{id}/disable',
    summary: 'Take away what a principal may do, for good',
    access: 'govern',
    query: NS_QUERY,
    body: null,
    answer: ANSWERED,
    codes: ['NOT_FOUND'],
  },
  listCredentials: {
    method: 'GET',
    path: '/api/v1/principals/{id}/credentials',
    summary: 'The credentials of a principal, without their secrets',
    access: 'govern',
    query: NS_QUERY,
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object({ credentials: Type.Array(CredentialViewSchema, { maxItems: 64 }) }, CLOSED),
    },
    codes: ['NOT_FOUND'],
  },
  registerCredential: {
    method: 'POST',
    path: '/api/v1/principals/{id}/credentials',
    summary: 'Make a credential; its key is in this answer and nowhere else, ever',
    access: 'govern',
    query: NS_QUERY,
    body: formOf(CredentialBodySchema, { scopes: ['propose'], expires_at: 4_102_444_800_000 }),
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          ...AnsweredSchema.properties,
          credential: nullable(IdSchema),
          key: nullable(Type.String({ maxLength: 128 })),
        },
        CLOSED,
      ),
    },
    codes: ['NOT_FOUND', 'INVALID_COMMAND', 'CAPACITY'],
  },
  endCredential: {
    method: 'POST',
    path: '/api/v1/credentials/{id}/end',
    summary: 'End a credential, at once or at a time that is nearer than its end',
    access: 'govern',
    query: NS_QUERY,
    body: formOf(EndCredentialSchema, {}),
    answer: ANSWERED,
    codes: ['NOT_FOUND', 'INVALID_COMMAND'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
