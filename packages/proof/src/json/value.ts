/** The values of JSON, read-only. Numbers are finite, and integers lie within ±(2^53 − 1). */
export type JsonValue = null | boolean | number | string | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export type JsonObject = { readonly [member: string]: JsonValue };

/** What a reader is willing to take. */
export type JsonLimits = {
  readonly bytes: number;
  readonly depth: number;
  readonly values: number;
};

// 1 MB is more than any record, policy or request of Writ; depth 64 is the depth of every parser of the
// house; 100,000 values bound the memory that a megabyte of "[[],[],…" could otherwise claim.
export const JSON_LIMITS: JsonLimits = { bytes: 1_048_576, depth: 64, values: 100_000 };
