import type { Scope } from '@writ/contract';
import type { Digest, Id } from '@writ/proof';
import type { Credential, State } from '../state/state.ts';
import { type Ending, endingOf } from './ending.ts';

/** What somebody shows at a door: the id that the access key claims, and the digest of all of it. */
export type Presented = { readonly id: Id; readonly digest: Digest };

/** Are two digests the same? In a time that does not tell where they differ: the door brings it. */
export type SameDigest = (one: Digest, other: Digest) => boolean;

export type Authenticated =
  | {
      readonly kind: 'known';
      readonly credential: Id;
      readonly principal: Id;
      readonly scopes: readonly Scope[];
    }
  | { readonly kind: 'refused'; readonly code: 'UNAUTHENTICATED' | Ending };

const UNAUTHENTICATED: Authenticated = { kind: 'refused', code: 'UNAUTHENTICATED' };
/** Compared with when there is no such credential, so that it takes as long as when there is one. */
const NOBODYS_DIGEST: Digest = 'A'.repeat(43);

export function credentialEnd({ expires_at, ends_at }: Credential): number {
  return ends_at ?? expires_at;
}

/** A credential that has not ended. */
export function findCredential(state: State, id: Id, now_ms: number): Credential | null {
  const credential = state.credentials.get(id);
  // Time never goes back: what ended by a record has ended for a caller whose clock is behind it, too.
  const now = Math.max(now_ms, state.now_ms);
  return credential !== undefined && credentialEnd(credential) > now ? credential : null;
}

/**
 * For whom somebody speaks, and with which scopes: those of the credential that the principal still has.
 * INVARIANT: without the right secret every answer is the same, whether there is such a credential or not; of
 * the principal only who has the secret learns anything.
 */
export function authenticate(
  state: State,
  { id, digest }: Presented,
  now_ms: number,
  same: SameDigest,
): Authenticated {
  const credential = findCredential(state, id, now_ms);
  const isRight = same(digest, credential?.digest ?? NOBODYS_DIGEST);
  if (credential === null || !isRight) return UNAUTHENTICATED;
  const principal = state.principals.get(credential.principal);
  if (principal === undefined) return UNAUTHENTICATED;
  const ending = endingOf(principal, Math.max(now_ms, state.now_ms));
  if (ending !== null) return { kind: 'refused', code: ending };
  const scopes = credential.scopes.filter((scope) => principal.definition.scopes.includes(scope));
  return { kind: 'known', credential: id, principal: principal.id, scopes };
}
