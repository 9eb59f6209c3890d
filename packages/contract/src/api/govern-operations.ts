import { type Static, Type } from 'typebox';
import { ToolDefinitionSchema } from '../schemas/tool.ts';
import {
  CLOSED,
  CountSchema,
  DigestSchema,
  EffectSchema,
  EffectsSchema,
  IdSchema,
  nullable,
  WordSchema,
} from '../schemas/values.ts';
import { API_LIMITS } from './limits.ts';
import { formOf, type Operation } from './operation.ts';
import { ANSWERED, AnsweredSchema, LabelSchema, NS_QUERY } from './values.ts';

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

/** What is frozen, by the names that callers know; all but `all` lies in the namespace that is asked in. */
export const FreezeBodySchema = Type.Object(
  {
    scope: Type.Union([
      Type.Object({ scope: Type.Literal('all') }, CLOSED),
      Type.Object({ scope: Type.Literal('namespace') }, CLOSED),
      Type.Object({ scope: Type.Literal('session'), principal: IdSchema, session: LabelSchema }, CLOSED),
      Type.Object({ scope: Type.Literal('principal'), principal: IdSchema }, CLOSED),
      Type.Object({ scope: Type.Literal('effect'), effect: EffectSchema }, CLOSED),
    ]),
  },
  CLOSED,
);
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
    query: NS_QUERY,
    body: formOf(ToolDefinitionSchema, {
      v: 1,
      name: 'files.read',
      description: 'reads a file',
      parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
      effects: ['READ_REPO'],
    }),
    answer: ANSWERED,
    codes: ['INVALID_COMMAND', 'CAPACITY', 'NAMESPACE_ERASED'],
  },
  setPolicy: {
    method: 'PUT',
    path: '/api/v1/policy',
    summary: 'Check a policy and put it in force',
    access: 'govern',
    query: NS_QUERY,
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
    query: NS_QUERY,
    body: formOf(FreezeBodySchema, { scope: { scope: 'all' } }),
    answer: ANSWERED,
    codes: ['CAPACITY'],
  },
  thaw: {
    method: 'POST',
    path: '/api/v1/thaws',
    summary: 'End a freeze; this takes a person',
    access: 'thaw',
    query: NS_QUERY,
    body: formOf(FreezeBodySchema, { scope: { scope: 'all' } }),
    answer: ANSWERED,
    codes: ['PROOF_OF_PERSON_TOO_WEAK'],
  },
  registerNamespace: {
    method: 'POST',
    path: '/api/v1/namespaces',
    summary: 'Make a namespace with keys of its own',
    access: 'govern',
    query: {},
    body: formOf(NamespaceBodySchema, { budgets: [] }),
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
    answer: ANSWERED,
    codes: ['NOT_FOUND', 'NAMESPACE_ERASED'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
