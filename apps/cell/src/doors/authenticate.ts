import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import { type Authenticated, authenticate } from '@writ/kernel';
import { accessKeyDigest, parseAccessKey, sha256Base64url } from '@writ/proof';
import type { CellContext } from '../cell/cell.ts';

/**
 * Who speaks at a door, by the access key that came with the request (spec/26-credentials.md). What is no
 * access key is refused before anything is computed from it, however long it is. From there on an unknown id
 * goes the same way as a wrong secret.
 */
export function authenticateKey(
  { running, now_ms }: Pick<CellContext, 'running' | 'now_ms'>,
  access_key: string,
): Authenticated {
  const id = parseAccessKey(access_key);
  if (id === null) return { kind: 'refused', code: 'UNAUTHENTICATED' };
  const digest = accessKeyDigest(sha256Base64url, access_key);
  return authenticate(running.state(), { id, digest }, now_ms(), isSameDigest);
}

/** Digests of 32 bytes, compared in a time that does not depend on them. */
function isSameDigest(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'base64url'), Buffer.from(other, 'base64url'));
}
