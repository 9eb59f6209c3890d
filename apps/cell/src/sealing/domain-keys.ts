import { type DomainTable, nonceRootOf, tagKeyOf } from './domain-table.ts';
import { SealingFailure } from './failure.ts';
import type { DataKey } from './keystore.ts';

/** The reading half of a keystore over the newest table; `undefined` once the keystore is closed. */
export type DomainReader = {
  has(domain: string): boolean;
  size(): number;
  dataKey(domain: string): DataKey | undefined;
  nonceRoot(domain: string): Uint8Array;
  tagKey(domain: string): Uint8Array;
};

type Subkeys = { readonly root: Uint8Array; readonly nonceRoot: Uint8Array; readonly tagKey: Uint8Array };

export function readDomains(current: () => DomainTable | undefined): DomainReader {
  const derived = new Map<string, Subkeys>();
  const table = (): DomainTable => {
    const found = current();
    if (found === undefined) throw new SealingFailure('KEYSTORE_CLOSED', 'the keystore is closed');
    return found;
  };
  const subkeys = (domain: string): Subkeys => {
    const keys = table().get(domain);
    if (keys === undefined) {
      derived.delete(domain);
      throw new SealingFailure('DOMAIN_UNKNOWN', 'the domain has no keys: never created, or erased');
    }
    const known = derived.get(domain);
    // A domain that was erased and created again has another root.
    if (known !== undefined && known.root === keys.root) return known;
    const fresh = { root: keys.root, nonceRoot: nonceRootOf(keys), tagKey: tagKeyOf(keys) };
    derived.set(domain, fresh);
    return fresh;
  };
  return {
    has: (domain) => table().has(domain),
    size: () => table().size,
    dataKey: (domain) => table().get(domain)?.data,
    nonceRoot: (domain) => subkeys(domain).nonceRoot,
    tagKey: (domain) => subkeys(domain).tagKey,
  };
}
