import type { DataKey } from '../sealing/keystore.ts';
import type { PartBatch } from './append-frames.ts';
import type { ErasureCursor, ErasureSlice } from './erase-parts.ts';
import type { PartCode } from './failure.ts';

/**
 * What the store asks of its worker. Plaintext is transferred, not copied; keys travel with what needs them.
 */
export type PartRequestMessage =
  | { readonly kind: 'put'; readonly id: number; readonly batch: PartBatch }
  | {
      readonly kind: 'get';
      readonly id: number;
      readonly indexes: Float64Array;
      readonly commitments: Uint8Array;
      readonly keys: readonly DataKey[];
    }
  | { readonly kind: 'erase'; readonly id: number; readonly indexes: readonly number[] }
  | {
      readonly kind: 'erase-domain';
      readonly id: number;
      readonly domain: string;
      readonly keep: Uint8Array | undefined;
      readonly cursor: ErasureCursor | undefined;
    }
  | {
      readonly kind: 'sweep';
      readonly id: number;
      readonly durable_size: number;
      readonly orphans_max: number;
    }
  | { readonly kind: 'forget'; readonly id: number; readonly key_id: Uint8Array }
  | { readonly kind: 'close'; readonly id: number };

/** One answer of a `get`: content as a stretch of one shared buffer, or why there is none. */
export type PartAnswer =
  | { readonly kind: 'content'; readonly start: number; readonly end: number }
  | { readonly kind: 'erased' | 'missing' }
  | { readonly kind: 'sealed'; readonly domain: string; readonly key_id: Uint8Array }
  | { readonly kind: 'failed'; readonly failure: FailureMessage };

export type GetAnswer = { readonly answers: readonly PartAnswer[]; readonly content: Uint8Array };

export type FailureMessage = {
  readonly code: PartCode;
  readonly detail: string;
  readonly index: number | undefined;
};

/** The value of each kind of request. */
export type PartValue = {
  readonly put: undefined;
  readonly get: GetAnswer;
  readonly erase: undefined;
  readonly 'erase-domain': ErasureSlice;
  readonly sweep: number;
  readonly forget: undefined;
  readonly close: undefined;
};

export type PartResponseMessage =
  | { readonly id: number; readonly ok: true; readonly value: PartValue[keyof PartValue] }
  | { readonly id: number; readonly ok: false; readonly failure: FailureMessage };
