import type { TSchema } from 'typebox';
import type { Code } from '../codes.ts';
import type { Scope } from '../principals.ts';
import { API_LIMITS } from './limits.ts';

/** Who may call: holders of a scope, whoever has a credential, or anyone who reaches the door. */
export type Access = Scope | 'known' | 'anyone';

export type Body = {
  readonly media: 'application/json' | 'application/yaml';
  readonly schema: TSchema;
  /** Longer ones are refused before they are read. */
  readonly bytes_max: number;
  readonly example: unknown;
};

/** One call of the API as data: the door routes, checks and documents by it, and clients are typed by it. */
export type Operation = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the root of the door; `{name}` stands for one segment, `{name...}` for all that follow. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly query: Readonly<Record<string, TSchema>>;
  readonly body: Body | null;
  readonly answer: { readonly media: string; readonly schema: TSchema };
  /** What it refuses with, beyond what every call may be refused with. */
  readonly codes: readonly Code[];
};

/** A small body of JSON: a definition, or a list of ids. */
export function formOf<Schema extends TSchema>(schema: Schema, example: unknown) {
  return { media: 'application/json', schema, bytes_max: API_LIMITS.form_bytes_max, example } as const;
}

/** Names of the parts of a path that vary. */
export function pathParameters(path: string): readonly string[] {
  return [...path.matchAll(/\{([a-z_]+)(?:\.\.\.)?\}/g)].map(([, name]) => name ?? '');
}
