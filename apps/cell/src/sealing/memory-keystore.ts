import { readDomains } from './domain-keys.ts';
import { checkDomain, type DomainTable, withDomains, withoutDomains } from './domain-table.ts';
import { SealingFailure } from './failure.ts';
import type { Keystore } from './keystore.ts';

/** A keystore that ends with the process: for tests and simulators. */
export function openMemoryKeystore(): Keystore {
  let table: DomainTable | undefined = new Map();
  const change = (edit: (before: DomainTable) => DomainTable): void => {
    if (table === undefined) throw new SealingFailure('KEYSTORE_CLOSED', 'the keystore is closed');
    table = edit(table);
  };
  return {
    ...readDomains(() => table),
    async createDomains(domains) {
      domains.forEach(checkDomain);
      change((before) => withDomains(before, domains));
    },
    async destroyDomains(domains) {
      domains.forEach(checkDomain);
      change((before) => withoutDomains(before, domains));
    },
    async close() {
      table = undefined;
    },
  };
}
