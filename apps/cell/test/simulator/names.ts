import { createHash } from 'node:crypto';
import type { Salts } from '@writ/contract';

/** Ids, tags and salts as functions of a name, so that a run repeats byte for byte. */
export function bytesOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

export function digestOf(text: string): string {
  return bytesOf(text).toString('base64url');
}

const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export function idOf(prefix: string, name: string): string {
  const letters = [...bytesOf(`${prefix}/${name}`).subarray(0, 26)];
  return `${prefix}_${letters.map((byte) => ID_ALPHABET.charAt(byte & 31)).join('')}`;
}

export function tagOf(name: string): string {
  return bytesOf(`tag/${name}`).toString('base64url', 0, 16);
}

export function saltsOf(name: string): Salts {
  const bytes = bytesOf(`salts/${name}`);
  return {
    head: bytes.toString('base64url', 0, 16),
    state: bytes.toString('base64url'),
    sealed: bytesOf(`sealed/${name}`).toString('base64url'),
  };
}
