/** A data-encryption key and the name under which sealed frames refer to it. */
export type DataKey = { readonly id: Uint8Array; readonly key: Uint8Array };

/**
 * The keys of all erasure domains: a namespace, or a subject named by an opaque tag. Losing a domain here is
 * losing everything that was sealed under it; that is what erasure means.
 *
 * Implementations MUST have new keys durable before `createDomains` resolves, and MUST have destroyed keys
 * unrecoverable from the files of the keystore before `destroyDomains` resolves; both are idempotent and may
 * be repeated after a crash at any point. A domain that is created again after its destruction MUST get new
 * keys.
 */
export type Keystore = {
  createDomains(domains: readonly string[]): Promise<void>;
  destroyDomains(domains: readonly string[]): Promise<void>;
  has(domain: string): boolean;
  /** How many domains have keys. */
  size(): number;
  /** The key that seals and opens, or undefined once the domain is destroyed or was never created. */
  dataKey(domain: string): DataKey | undefined;
  /**
   * HKDF subkey `writ/nonce/v1`, from which nonces of argument commitments derive. Throws `DOMAIN_UNKNOWN`.
   */
  nonceRoot(domain: string): Uint8Array;
  /** HKDF subkey `writ/tag/v1`, for HMACs that compare values across records. Throws `DOMAIN_UNKNOWN`. */
  tagKey(domain: string): Uint8Array;
  close(): Promise<void>;
};
