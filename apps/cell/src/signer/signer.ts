/** One key, one purpose: a signature made for one can never be shown as another. */
export type KeyPurpose = 'checkpoint' | 'token' | 'bundle';

/**
 * The port to a signing key.
 *
 * Implementations MUST sign with Ed25519 (RFC 8032), MUST return exactly 64 bytes or reject, MUST give the
 * same bytes for the same message, and MUST NOT sign for `checkpoint` anything but the body of a checkpoint.
 * Callers MUST treat a rejection as "not signed" and may ask again. The message is read before `sign`
 * returns.
 */
export type Signer = {
  /** The verifier key of C2SP signed notes: `<name>+<key id>+<base64 of type and public key>`. */
  readonly vkey: string;
  readonly purpose: KeyPurpose;
  sign(message: Uint8Array): Promise<Uint8Array>;
};
