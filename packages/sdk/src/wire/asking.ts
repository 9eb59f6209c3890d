import type { AnswerOf, BodyOf, OPERATIONS, OperationId, Problem, QueryOf } from '@writ/contract/api';

type Operations = typeof OPERATIONS;

/** `{id}` and `{path...}` of a path, as names. */
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Bare}...` ? Bare : Name) | NamesIn<Rest>
  : never;

export type PathOf<Id extends OperationId> = {
  readonly [Name in NamesIn<Operations[Id]['path']>]: string;
};

// `as` picks names: those that a query may leave out are undefined too.
type Required<Query> = {
  readonly [Name in keyof Query as undefined extends Query[Name] ? never : Name]: Query[Name];
};
// `as` picks the others.
type Optional<Query> = {
  readonly [Name in keyof Query as undefined extends Query[Name] ? Name : never]?: Query[Name];
};
type AskedQuery<Query> = Required<Query> & Optional<Query>;

type WithPath<Id extends OperationId> = [NamesIn<Operations[Id]['path']>] extends [never]
  ? { readonly path?: never }
  : { readonly path: PathOf<Id> };

type WithQuery<Id extends OperationId> = [keyof Required<QueryOf<Id>>] extends [never]
  ? { readonly query?: AskedQuery<QueryOf<Id>> }
  : { readonly query: AskedQuery<QueryOf<Id>> };

type WithBody<Id extends OperationId> = [BodyOf<Id>] extends [null]
  ? { readonly body?: never }
  : { readonly body: BodyOf<Id> };

type WithKey<Id extends OperationId> = Id extends 'proposeAction'
  ? {
      /** A UUIDv7: within ten minutes the same key with the same body gets the same answer. */
      readonly idempotency_key?: string;
    }
  : { readonly idempotency_key?: never };

/** What a call of one operation is made of, all of it derived from the table of operations. */
export type Asking<Id extends OperationId> = WithPath<Id> & WithQuery<Id> & WithBody<Id> & WithKey<Id>;

/** The same without its operation: what the code that serves all of them sees. */
export type AnyAsking = {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly idempotency_key?: string | undefined;
};

/** Bytes where the media type is that of bytes, else what the schema of the answer says. */
export type ValueOf<Id extends OperationId> =
  Operations[Id]['answer']['media'] extends 'application/octet-stream' ? Uint8Array : AnswerOf<Id>;

export type Called<Id extends OperationId> =
  | { readonly kind: 'answer'; readonly status: number; readonly value: ValueOf<Id> }
  | { readonly kind: 'problem'; readonly problem: Problem };
