import type { Static, TSchema } from 'typebox';
import type { Checked } from '../schemas/check.ts';
import { compile, type Find } from '../schemas/compile.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS, type OperationId } from './operations.ts';

type Operations = typeof OPERATIONS;

/** What the body of a call holds, by the schema of its operation. */
export type BodyOf<Id extends OperationId> = Operations[Id]['body'] extends {
  readonly schema: infer Schema extends TSchema;
}
  ? Static<Schema>
  : null;

type Operand<Schema> = Schema extends TSchema
  ? Schema extends { readonly '~optional': unknown }
    ? Static<Schema> | undefined
    : Static<Schema>
  : never;

export type QueryOf<Id extends OperationId> = {
  readonly [Name in keyof Operations[Id]['query']]: Operand<Operations[Id]['query'][Name]>;
};

export type AnswerOf<Id extends OperationId> = Static<Operations[Id]['answer']['schema']>;

const BODIES: ReadonlyMap<string, Find> = new Map(
  Object.entries(OPERATIONS).flatMap(([id, { body }]: readonly [string, Operation]) =>
    body === null ? [] : [[id, compile(body.schema)]],
  ),
);

export function checkBody<Id extends OperationId>(id: Id, value: unknown): Checked<BodyOf<Id>> {
  const where = BODIES.get(id)?.(value) ?? null;
  if (where !== null || !BODIES.has(id)) return invalid(where ?? '');
  // The schema's static type is what it checks.
  return { kind: 'valid', value: value as BodyOf<Id> };
}

type QueryCheck = { readonly isInteger: boolean; readonly isRequired: boolean; readonly find: Find };

const QUERIES: ReadonlyMap<string, ReadonlyMap<string, QueryCheck>> = new Map(
  Object.entries(OPERATIONS).map(([id, { query }]: readonly [string, Operation]) => [
    id,
    new Map(Object.entries(query).map(([name, schema]) => [name, queryCheckOf(schema)])),
  ]),
);

function queryCheckOf(schema: TSchema): QueryCheck {
  const isInteger = 'type' in schema && schema.type === 'integer';
  return { isInteger, isRequired: !('~optional' in schema), find: compile(schema) };
}

const INTEGER = /^(?:0|[1-9][0-9]{0,15})$/;

/** Each parameter once, each declared, each of its form; `where` is the name of the first that is not. */
export function checkQuery<Id extends OperationId>(
  id: Id,
  given: Iterable<readonly [string, string]>,
): Checked<QueryOf<Id>> {
  const checks = QUERIES.get(id) ?? new Map<string, QueryCheck>();
  const values: Record<string, unknown> = {};
  for (const [name, text] of given) {
    const check = checks.get(name);
    // An undeclared name is from outside: it is not repeated.
    if (check === undefined) return invalid('');
    if (name in values) return invalid(`/${name}`);
    const value = check.isInteger && INTEGER.test(text) ? Number(text) : text;
    if (check.find(value) !== null) return invalid(`/${name}`);
    values[name] = value;
  }
  for (const [name, { isRequired }] of checks) {
    if (isRequired && !(name in values)) return invalid(`/${name}`);
  }
  // Each member was checked against the schema that gives it its type.
  return { kind: 'valid', value: values as QueryOf<Id> };
}

function invalid(where: string): {
  readonly kind: 'invalid';
  readonly refusal: { readonly code: 'REQUEST_INVALID'; readonly where: string };
} {
  return { kind: 'invalid', refusal: { code: 'REQUEST_INVALID', where } };
}
