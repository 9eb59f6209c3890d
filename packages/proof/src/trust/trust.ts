import type { VerifierKey } from '../note/verifier-key.ts';
import type { WitnessKey } from './witness-key.ts';

/**
 * What a reader trusts (spec/08-trust.md), as it is written down. Keys come from here and never from the
 * thing that is being verified. A key of a log is believed for tree sizes from `from_size` on and below
 * `until_size`.
 */
export type TrustFile = { readonly logs: readonly TrustFileLog[] };

export type TrustFileLog = {
  readonly origin: string;
  readonly keys: readonly TrustFileKey[];
  readonly witnesses: TrustFileWitnesses | null;
};

export type TrustFileKey = {
  readonly vkey: string;
  readonly from_size: bigint;
  /** The first size for which the key is no longer believed; null while it is in use. */
  readonly until_size: bigint | null;
  /** Bounds on the reader's clock, for acting on what is fresh. Evidence is bounded by sizes alone. */
  readonly not_before_ms: number | null;
  readonly not_after_ms: number | null;
};

export type TrustFileWitnesses = { readonly quorum: number; readonly keys: readonly string[] };

/** The same with its keys examined: what verification takes. Only `loadTrust` and `parseTrust` make one. */
export type Trust = { readonly logs: ReadonlyMap<string, TrustedLog> };

export type TrustedLog = {
  readonly origin: string;
  readonly keys: readonly TrustedKey[];
  readonly witnesses: WitnessPolicy | null;
};

export type TrustedKey = { readonly key: VerifierKey; readonly use: TrustFileKey };

export type WitnessPolicy = { readonly quorum: number; readonly keys: readonly WitnessKey[] };

export const TRUST_FORMAT = 'writ-trust/v1';

// A reader knows a handful of cells; each is rotated a few times in its life and watched by a few witnesses.
export const TRUST_LOGS_MAX = 1_000;
export const TRUST_KEYS_MAX = 64;
export const TRUST_WITNESSES_MAX = 64;
export const TRUST_BYTES_MAX = 1_048_576;
