/**
 * What the platform does for us. `node.ts` and `portable.ts` both export exactly these functions, and one
 * contract suite (test/primitives/contract.ts) holds them to the same answers, refusals included.
 * Callers have checked lengths and well-formedness; implementations need not look again.
 */
export type Primitives = {
  /** SHA-256 of `input` written to `target[offset … offset + 32)`. */
  readonly sha256Into: (input: Uint8Array, target: Uint8Array, offset: number) => void;
  /** SHA-256 in unpadded base64url; a string is hashed as its UTF-8 bytes and MUST be well-formed. */
  readonly sha256Base64url: (input: Uint8Array | string) => string;
  /** UTF-8 of a well-formed string, in a buffer of its own. */
  readonly encodeUtf8: (text: string) => Uint8Array;
  /** Writes UTF-8 of a well-formed string; returns the bytes written, or -1 when there was no room. */
  readonly encodeUtf8Into: (text: string, target: Uint8Array, offset: number) => number;
  /** Text of `bytes`, a byte order mark kept; undefined when the bytes are not UTF-8. */
  readonly decodeUtf8: (bytes: Uint8Array) => string | undefined;
  /** Standard padded base64. */
  readonly encodeBase64: (bytes: Uint8Array) => string;
  /** Unpadded base64url. */
  readonly encodeBase64url: (bytes: Uint8Array) => string;
  /** A platform key for verifying, of 32 bytes that `loadPublicKey` has accepted. */
  readonly importPublicKey: (bytes: Uint8Array) => unknown;
  /** RFC 8032 without cofactor: S < L, and encode([S]B - [k]A) equals R byte for byte. */
  readonly verifyEd25519: (key: unknown, message: Uint8Array, signature: Uint8Array) => boolean;
  /** RFC 8032 signature of 64 bytes under a 32-byte seed. */
  readonly signEd25519: (seed: Uint8Array, message: Uint8Array) => Uint8Array;
  /** The public key of a 32-byte seed. */
  readonly publicKeyOfSeed: (seed: Uint8Array) => Uint8Array;
};
