import { CODES, type Code } from '../codes.ts';
import { PrincipalDefinitionSchema } from '../schemas/principal.ts';
import { SceneSchema } from '../schemas/scene.ts';
import { CodeSchema, EffectsSchema } from '../schemas/values.ts';
import { type Operation, pathParameters } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { ProblemSchema, ProvenSchema, WireAnswerSchema, WireReasonSchema } from './values.ts';

/** What every call may be refused with: the request, the credential, the machine. */
const COMMON: readonly Code[] = [
  'REQUEST_INVALID',
  'HOST_REFUSED',
  'ORIGIN_REFUSED',
  'REQUEST_TOO_SLOW',
  'OVERLOADED',
  'UNAVAILABLE',
  'REOPENING',
];
const OF_KNOWN: readonly Code[] = ['UNAUTHENTICATED', 'INSUFFICIENT_AUTHORITY', 'PRINCIPAL_DISABLED'];
const OF_BODY: readonly Code[] = ['BODY_TOO_LARGE', 'MEDIA_REFUSED'];

const METHODS = { GET: 'get', POST: 'post', PUT: 'put' } as const;

/** Schemas that several operations use: described once, under a name. */
const NAMED: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [ProblemSchema, 'Problem'],
  [ProvenSchema, 'Proven'],
  [WireAnswerSchema, 'Answer'],
  [WireReasonSchema, 'Reason'],
  [CodeSchema, 'Code'],
  [EffectsSchema, 'Effects'],
  [SceneSchema, 'Scene'],
  [PrincipalDefinitionSchema, 'PrincipalDefinition'],
]);

/** The description of the API (OpenAPI 3.1), made of the operations that the door serves. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [id, operation] of Object.entries(OPERATIONS)) {
    const path = operation.path.replace('...}', '}');
    const methods = (paths[path] ??= {});
    methods[METHODS[operation.method]] = describe(id, operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Writ',
      version,
      summary: 'No writ, no act',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://localhost:8787' }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'wk_<id>_<secret>' } },
      schemas: Object.fromEntries([...NAMED].map(([schema, name]) => [name, members(schema)])),
    },
  };
}

function describe(id: string, operation: Operation): object {
  const { summary, access, body, answer } = operation;
  return {
    operationId: id,
    summary,
    ...(access === 'anyone' ? { security: [] } : {}),
    'x-writ-access': access,
    parameters: parametersOf(operation),
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [body.media]: { schema: plain(body.schema), example: body.example } },
          },
        }),
    responses: {
      200: { description: 'done', content: { [answer.media]: { schema: plain(answer.schema) } } },
      ...refusals(operation),
    },
  };
}

function parametersOf({ path, query, method, access }: Operation): readonly object[] {
  const ofPath = pathParameters(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const ofQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !('~optional' in schema),
    schema: plain(schema),
  }));
  const isProposal = method === 'POST' && access === 'propose' && pathParameters(path).length === 0;
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } };
  return [...ofPath, ...ofQuery, ...(isProposal ? [key] : [])];
}

/** One response a status; its codes are named, so that none is a surprise. */
function refusals({ access, body, codes }: Operation): Readonly<Record<string, object>> {
  const all = [
    ...COMMON,
    ...(access === 'anyone' ? [] : OF_KNOWN),
    ...(body === null ? [] : OF_BODY),
    ...codes,
  ];
  const byStatus = new Map<number, Code[]>();
  for (const code of all) {
    const { status } = CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [String(status), { description: named.join(', '), content }]),
  );
}

/** A schema as plain JSON: without the library's own marks, and by name where it has one. */
function plain(schema: unknown): unknown {
  const name = NAMED.get(schema);
  return name === undefined ? members(schema) : { $ref: `#/components/schemas/${name}` };
}

function members(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name]) => !name.startsWith('~'));
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]));
}
