import type { Id } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import type { Keystore } from '../sealing/keystore.ts';
import { type DomainHashes, openDomainHashes } from './domain-hashes.ts';

/**
 * Opened hashes hold keys and labels of their namespace: kept for those in use, and for no more than these.
 */
export const DOMAINS_OPEN_MAX = 1_024;

export type HashesByDomain = {
  of(ns: Id): DomainHashes;
  /** Lets go of the keys of a namespace that is erased: they are in memory otherwise until somebody asks. */
  forget(ns: Id): void;
};

export function openHashesByDomain(keys: Pick<Keystore, 'has' | 'tagKey' | 'nonceRoot'>): HashesByDomain {
  const opened = new Map<Id, DomainHashes>();
  return {
    of(ns) {
      const known = opened.get(ns);
      opened.delete(ns);
      if (!keys.has(ns)) throw new CoreFailure('NAMESPACE_ERASED', 'the keys of this namespace are gone');
      const hashes = known ?? openDomainHashes(keys, ns);
      // The one asked for last stands last.
      opened.set(ns, hashes);
      const [oldest] = opened.keys();
      if (opened.size > DOMAINS_OPEN_MAX && oldest !== undefined) opened.delete(oldest);
      return hashes;
    },
    forget: (ns) => void opened.delete(ns),
  };
}
