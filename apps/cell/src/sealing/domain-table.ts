import { Buffer } from 'node:buffer';
import { hkdfSync, randomBytes } from 'node:crypto';
import { SealingFailure } from './failure.ts';
import type { DataKey } from './keystore.ts';

export const KEY_ID_BYTES = 8;
export const KEY_BYTES = 32;

/** 64 characters hold every opaque id that Writ mints; frames spend one byte on the length. */
export const DOMAIN_CHARACTERS_MAX = 64;

/** Bounds the keystore to some 14 MB, in memory and on disk. */
export const DOMAINS_MAX = 100_000;

const NONCE_LABEL = 'writ/nonce/v1';
const TAG_LABEL = 'writ/tag/v1';

/** `root` is the parent of the deterministic subkeys; `data` seals. Neither derives from the other. */
export type DomainKeys = { readonly data: DataKey; readonly root: Uint8Array };

/** Domain → keys, in no order that matters. A value: changes make a new table. */
export type DomainTable = ReadonlyMap<string, DomainKeys>;

export function checkDomain(domain: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(domain) && domain.length <= DOMAIN_CHARACTERS_MAX) return;
  throw new SealingFailure('DOMAIN_INVALID', 'a domain is an opaque id of 1 to 64 of A-Z a-z 0-9 _ . -');
}

/** The table with fresh keys for those of `domains` that it lacks; the same table if it lacks none. */
export function withDomains(table: DomainTable, domains: readonly string[]): DomainTable {
  const lacking = new Set(domains.filter((domain) => !table.has(domain)));
  if (lacking.size === 0) return table;
  if (table.size + lacking.size > DOMAINS_MAX) {
    throw new SealingFailure(
      'DOMAIN_LIMIT',
      `a keystore holds ${DOMAINS_MAX} domains: erase some, or add a cell`,
    );
  }
  const next = new Map(table);
  for (const domain of lacking) next.set(domain, freshKeys());
  return next;
}

export function withoutDomains(table: DomainTable, domains: readonly string[]): DomainTable {
  if (!domains.some((domain) => table.has(domain))) return table;
  const next = new Map(table);
  for (const domain of domains) next.delete(domain);
  return next;
}

export function nonceRootOf(keys: DomainKeys): Uint8Array {
  return deriveSubkey(keys.root, NONCE_LABEL);
}

export function tagKeyOf(keys: DomainKeys): Uint8Array {
  return deriveSubkey(keys.root, TAG_LABEL);
}

/**
 * Each entry: length of the domain, domain, key id, data key, root. Sorted, so that equal tables print alike.
 */
export function encodeTable(table: DomainTable): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (const domain of [...table.keys()].sort()) {
    const keys = table.get(domain);
    if (keys === undefined) continue;
    const name = Buffer.from(domain, 'latin1');
    chunks.push(Buffer.of(name.length), name, keys.data.id, keys.data.key, keys.root);
  }
  return Buffer.concat(chunks);
}

export function decodeTable(bytes: Uint8Array): DomainTable {
  const table = new Map<string, DomainKeys>();
  let offset = 0;
  let previous = '';
  while (offset < bytes.length) {
    const nameEnd = offset + 1 + (bytes[offset] ?? 0);
    const end = nameEnd + KEY_ID_BYTES + 2 * KEY_BYTES;
    if (end > bytes.length) throw damaged();
    const domain = Buffer.from(bytes.subarray(offset + 1, nameEnd)).toString('latin1');
    checkDomain(domain);
    if (domain <= previous) throw damaged();
    // One copy for the keys of a domain, so that the decrypted file can be wiped.
    const keys = Uint8Array.from(bytes.subarray(nameEnd, end));
    const data = {
      id: keys.subarray(0, KEY_ID_BYTES),
      key: keys.subarray(KEY_ID_BYTES, KEY_ID_BYTES + KEY_BYTES),
    };
    table.set(domain, { data, root: keys.subarray(KEY_ID_BYTES + KEY_BYTES) });
    previous = domain;
    offset = end;
  }
  if (table.size > DOMAINS_MAX) throw damaged();
  return table;
}

function freshKeys(): DomainKeys {
  const keys = new Uint8Array(randomBytes(KEY_ID_BYTES + 2 * KEY_BYTES));
  return {
    data: { id: keys.subarray(0, KEY_ID_BYTES), key: keys.subarray(KEY_ID_BYTES, KEY_ID_BYTES + KEY_BYTES) },
    root: keys.subarray(KEY_ID_BYTES + KEY_BYTES),
  };
}

function deriveSubkey(root: Uint8Array, label: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', root, new Uint8Array(0), label, KEY_BYTES));
}

function damaged(): SealingFailure {
  return new SealingFailure('KEYSTORE_CORRUPT', 'the keystore opens but its entries are damaged');
}
