import type { CredentialHead, Id } from '@writ/proof';
import { credentialEnd } from '../identity/authenticate.ts';
import type { CredentialPart } from '../record/state-part.ts';
import { CREDENTIAL_SWEEP_MS } from '../state/limits.ts';
import type { State } from '../state/state.ts';

export function applyCredential(state: State, { id }: CredentialHead, part: CredentialPart): void {
  const { definition, ends_at } = part;
  if (definition !== null) {
    const { digest, expires_at, principal, scopes } = definition;
    state.credentials.set(id, { id, principal, digest, scopes, expires_at, ends_at });
    return;
  }
  const credential = state.credentials.get(id);
  if (credential === undefined || ends_at === null) return;
  if (ends_at <= state.now_ms) state.credentials.delete(id);
  else state.credentials.set(id, { ...credential, ends_at });
}

/**
 * Forgets what has ended. They end in no order, so all are looked at, and once an hour is enough: whoever
 * reads one compares it with the time.
 */
export function evictCredentials(state: State, before_ms: number): void {
  const { credentials, now_ms } = state;
  if (Math.floor(before_ms / CREDENTIAL_SWEEP_MS) === Math.floor(now_ms / CREDENTIAL_SWEEP_MS)) return;
  for (const credential of credentials.values())
    if (credentialEnd(credential) <= now_ms) credentials.delete(credential.id);
}

export function dropCredentialsOf(state: State, ns: Id): void {
  for (const { id, principal } of state.credentials.values())
    if (state.principals.get(principal)?.ns === ns) state.credentials.delete(id);
}
