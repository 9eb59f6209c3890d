import { type Static, Type } from 'typebox';
import { PRINCIPAL_KINDS, SCOPES, WALLS } from '../principals.ts';
import { FreezeScopeSchema } from '../schemas/govern-commands.ts';
import { PrincipalDefinitionSchema } from '../schemas/principal.ts';
import { ToolDefinitionSchema } from '../schemas/tool.ts';
import {
  CLOSED,
  CountSchema,
  DigestSchema,
  EffectsSchema,
  IdSchema,
  nullable,
  WordSchema,
} from '../schemas/values.ts';
import { API_LIMITS } from './limits.ts';
import type { Operation } from './operation.ts';
import { AnsweredSchema, LabelSchema } from './values.ts';

const answered = { media: 'application/json', schema: AnsweredSchema } as const;

const form = <Schema>(schema: Schema, example: unknown) =>
  ({ media: 'application/json', schema, bytes_max: API_LIMITS.form_bytes_max, example }) as const;

export const PrincipalBodySchema = Type.Object(
  { name: LabelSchema, definition: PrincipalDefinitionSchema },
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

export const NamespaceBodySchema = Type.Object(
  {
    budgets: Type.Array(
      Type.Object({ unit: WordSchema, limit: CountSchema, window_ms: CountSchema }, CLOSED),
      {
        maxItems: 16,
      },
    ),
  },
  CLOSED,
);
export type NamespaceBody = Static<typeof NamespaceBodySchema>;

export const FreezeBodySchema = Type.Object({ scope: FreezeScopeSchema }, CLOSED);
export type FreezeBody = Static<typeof FreezeBodySchema>;

export const ToolViewSchema = Type.Object(
  {
    name: Type.String({ maxLength: 128 }),
    digest: DigestSchema,
    effects: EffectsSchema,
    changed: CountSchema,
  },
  CLOSED,
);

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

export const GOVERN_OPERATIONS = {
  listTools: {
    method: 'GET',
    path: '/api/v1/tools',
    summary: 'The tools that the namespace declares',
    access: 'known',
    query: {},
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object({ tools: Type.Array(ToolViewSchema, { maxItems: 4_096 }) }, CLOSED),
    },
    codes: [],
  },
  registerTool: {
    method: 'POST',
    path: '/api/v1/tools',
    summary: 'Declare a tool, or another definition of it',
    access: 'govern',
    query: {},
    body: form(ToolDefinitionSchema, {
      v: 1,
      name: 'files.read',
      description: 'reads a file',
      parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
      effects: ['READ_REPO'],
    }),
    answer: answered,
    codes: ['INVALID_COMMAND', 'CAPACITY', 'NAMESPACE_ERASED'],
  },
  listPrincipals: {
    method: 'GET',
    path: '/api/v1/principals',
    summary: 'Who is registered in the namespace',
    access: 'read',
    query: {
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
    query: {},
    body: form(PrincipalBodySchema, EXAMPLE_AGENT),
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
    query: {},
    body: null,
    answer: answered,
    codes: ['NOT_FOUND'],
  },
  listCredentials: {
    method: 'GET',
    path: '/api/v1/principals/{id}/credentials',
    summary: 'The credentials of a principal, without their secrets',
    access: 'govern',
    query: {},
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
    query: {},
    body: form(CredentialBodySchema, { scopes: ['propose'], expires_at: 4_102_444_800_000 }),
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
    query: {},
    body: form(EndCredentialSchema, {}),
    answer: answered,
    codes: ['NOT_FOUND', 'INVALID_COMMAND'],
  },
  setPolicy: {
    method: 'PUT',
    path: '/api/v1/policy',
    summary: 'Check a policy and put it in force',
    access: 'govern',
    query: {},
    body: {
      media: 'application/yaml',
      schema: Type.String({ maxLength: API_LIMITS.policy_bytes_max }),
      bytes_max: API_LIMITS.policy_bytes_max,
      example:
        'version: 1\nname: example\nrules:\n  - id: read\n    tools: [files.read]\n    verdict: ALLOW\n' +
        '    examples:\n      - { effects: [READ_REPO], expect: ALLOW }\n',
    },
    answer: {
      media: 'application/json',
      schema: Type.Object({ ...AnsweredSchema.properties, digest: nullable(DigestSchema) }, CLOSED),
    },
    codes: ['POLICY_INVALID', 'NAMESPACE_ERASED'],
  },
  getPolicy: {
    method: 'GET',
    path: '/api/v1/policy',
    summary: 'The policy in force',
    access: 'read',
    query: {},
    body: null,
    answer: { media: 'application/yaml', schema: Type.String({ maxLength: API_LIMITS.policy_bytes_max }) },
    codes: ['NO_POLICY'],
  },
  listFreezes: {
    method: 'GET',
    path: '/api/v1/freezes',
    summary: 'What is frozen now',
    access: 'known',
    query: {},
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          freezes: Type.Array(Type.Object({ scope: WordSchema, since: CountSchema }, CLOSED), {
            maxItems: 10_000,
          }),
        },
        CLOSED,
      ),
    },
    codes: [],
  },
  freeze: {
    method: 'POST',
    path: '/api/v1/freezes',
    summary: 'Refuse everything in a scope from now on',
    access: 'freeze',
    query: {},
    body: form(FreezeBodySchema, { scope: { scope: 'all' } }),
    answer: answered,
    codes: ['CAPACITY'],
  },
  thaw: {
    method: 'POST',
    path: '/api/v1/thaws',
    summary: 'End a freeze; this takes a person',
    access: 'thaw',
    query: {},
    body: form(FreezeBodySchema, { scope: { scope: 'all' } }),
    answer: answered,
    codes: ['PROOF_OF_PERSON_TOO_WEAK'],
  },
  registerNamespace: {
    method: 'POST',
    path: '/api/v1/namespaces',
    summary: 'Make a namespace with keys of its own',
    access: 'govern',
    query: {},
    body: form(NamespaceBodySchema, { budgets: [] }),
    answer: {
      media: 'application/json',
      schema: Type.Object({ ...AnsweredSchema.properties, ns: IdSchema }, CLOSED),
    },
    codes: ['CAPACITY', 'INVALID_COMMAND'],
  },
  eraseNamespace: {
    method: 'POST',
    path: '/api/v1/namespaces/{ns}/erase',
    summary: 'Destroy the keys of a namespace: its content is gone, its records still verify',
    access: 'erase',
    query: {},
    body: null,
    answer: answered,
    codes: ['NOT_FOUND', 'NAMESPACE_ERASED'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
