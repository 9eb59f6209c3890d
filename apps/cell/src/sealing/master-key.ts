/**
 * The port to master keys: files, or a key management service. A master key wraps one file key of the
 * keystore, and is replaced by a fresh one at each erasure.
 *
 * Implementations MUST have the key durable before `create` resolves, and MUST make it unrecoverable before
 * `destroy` resolves as far as their medium can. `create` replaces an unfinished key of the same identifier,
 * which by then wraps nothing; `destroy` of an absent key resolves. `wrap` and `unwrap` MUST authenticate
 * `context`, and reject with `MASTER_MISSING` or `MASTER_WRONG`.
 */
export type MasterKeys = {
  create(identifier: string): Promise<void>;
  wrap(identifier: string, key: Uint8Array, context: Uint8Array): Promise<Uint8Array>;
  unwrap(identifier: string, wrapped: Uint8Array, context: Uint8Array): Promise<Uint8Array>;
  destroy(identifier: string): Promise<void>;
};
