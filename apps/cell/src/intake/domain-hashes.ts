import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { cutToTag, type Digest, type Id, type Tag } from '@writ/proof';
import type { Keystore } from '../sealing/keystore.ts';
import { hashOnce, openKeyedHash } from './keyed-hash.ts';

/**
 * What comes from outside enters state and heads only through these: keyed by the namespace, and erasable.
 */
export type DomainHashes = {
  tag(kind: string, text: string): Tag;
  /** Opens the commitment to the arguments of one action; whoever holds it can show them. */
  nonce(action: Id): Uint8Array;
  argsCommitment(nonce: Uint8Array, canonical_args: string): Digest;
};

/** Labels that repeat (sessions, tools, units) are remembered up to this many. */
const REMEMBERED_MAX = 4_096;
/** Longer ones are no label that repeats, and come from outside: they must not fill the memory. */
const REMEMBERED_CHARACTERS_MAX = 128;
const REMEMBERED_KINDS: ReadonlySet<string> = new Set(['session', 'tool', 'unit', 'resource']);

export function openDomainHashes(keys: Pick<Keystore, 'tagKey' | 'nonceRoot'>, domain: string): DomainHashes {
  const tagHash = openKeyedHash(keys.tagKey(domain));
  // HKDF with an empty salt: the extract step is the same for every action of the domain.
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(keys.nonceRoot(domain)).digest();
  const nonceHash = openKeyedHash(extracted);
  const remembered = new Map<string, Tag>();
  return {
    tag(kind, text) {
      const key = `${kind}\n${text}`;
      const isLabel = REMEMBERED_KINDS.has(kind) && text.length <= REMEMBERED_CHARACTERS_MAX;
      const known = isLabel ? remembered.get(key) : undefined;
      if (known !== undefined) return known;
      const tag = cutToTag(tagHash(key));
      if (isLabel && remembered.size < REMEMBERED_MAX) remembered.set(key, tag);
      return tag;
    },
    nonce: (action) => Buffer.from(nonceHash(`writ/nonce/v1${action}\u0001`), 'base64url'),
    argsCommitment: (nonce, canonical) => hashOnce(nonce, `writ/args/v1\0${canonical}`),
  };
}
