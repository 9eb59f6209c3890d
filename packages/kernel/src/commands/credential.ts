import type { Command } from '@writ/contract';
import { type CredentialHead, type Id, isCredentialId, isDigest } from '@writ/proof';
import { credentialEnd, findCredential } from '../identity/authenticate.ts';
import { endingOf } from '../identity/ending.ts';
import { CREDENTIAL_LIFE_MAX_MS, CREDENTIALS_MAX, CREDENTIALS_PER_PRINCIPAL_MAX } from '../state/limits.ts';
import type { Principal, State } from '../state/state.ts';
import { type Decided, done, headBase, refused, type Setting } from './decided.ts';
import { inNamespace } from './govern.ts';

type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

/** Governed like principals (spec/26-credentials.md): whoever governs here says who speaks for whom. */
export function registerCredential(setting: Setting, command: CommandOf<'register_credential'>): Decided {
  const { state, now_ms } = setting;
  const { ns, principal: on, id, by } = command;
  const authorised = inNamespace(setting, by, ns, on);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal: governor } = authorised;
  const owner = state.principals.get(on);
  if (owner?.ns !== ns) return refused(setting, governor, 'NOT_FOUND', { on });
  const ending = endingOf(owner, now_ms);
  if (ending !== null) return refused(setting, governor, ending, { on });
  if (!isCredential(command, owner, now_ms)) return refused(setting, governor, 'INVALID_COMMAND', { on });
  if (state.credentials.has(id)) return refused(setting, governor, 'ALREADY_EXISTS', { on });
  const full = state.credentials.size >= CREDENTIALS_MAX;
  if (full || countOf(state, on, now_ms) >= CREDENTIALS_PER_PRINCIPAL_MAX)
    return refused(setting, governor, 'CAPACITY', { on });
  const { digest, expires_at } = command;
  const definition = { digest, expires_at, principal: on, scopes: [...command.scopes].sort() };
  const head = headOf(setting, ns, id, 'register');
  return done(setting, { head, state: { by, definition, ends_at: null }, sealed: null }, id);
}

/** A credential narrows and ends: it never has a scope that its principal lacks, and never stays for good. */
function isCredential(
  { id, digest, scopes, expires_at }: CommandOf<'register_credential'>,
  { definition }: Principal,
  now_ms: number,
): boolean {
  // An id of another kind could never be asked for: the access key leaves the prefix out.
  if (!isCredentialId(id) || !isDigest(digest)) return false;
  const isSubset = scopes.every((scope) => definition.scopes.includes(scope));
  if (scopes.length === 0 || new Set(scopes).size !== scopes.length || !isSubset) return false;
  const life_ms = expires_at - now_ms;
  return Number.isSafeInteger(expires_at) && life_ms > 0 && life_ms <= CREDENTIAL_LIFE_MAX_MS;
}

/** All are looked at, which is rare and bounded: nothing else needs to know whose they are. */
function countOf(state: State, principal: Id, now_ms: number): number {
  let count = 0;
  for (const credential of state.credentials.values())
    if (credential.principal === principal && credentialEnd(credential) > now_ms) count += 1;
  return count;
}

/** Only ever nearer: what was to end at noon cannot be made to last until the evening. */
export function endCredential(setting: Setting, command: CommandOf<'end_credential'>): Decided {
  const { state, now_ms } = setting;
  const { ns, credential: on, at, by } = command;
  const authorised = inNamespace(setting, by, ns, on);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal: governor } = authorised;
  const credential = findCredential(state, on, now_ms);
  const owner = credential === null ? undefined : state.principals.get(credential.principal);
  if (credential === null || owner?.ns !== ns) return refused(setting, governor, 'NOT_FOUND', { on });
  if (!Number.isSafeInteger(at) || at < 0 || at >= credentialEnd(credential))
    return refused(setting, governor, 'INVALID_COMMAND', { on });
  const head = headOf(setting, ns, on, 'end');
  const ends_at = Math.max(at, now_ms);
  return done(setting, { head, state: { by, definition: null, ends_at }, sealed: null }, on);
}

function headOf(
  setting: Setting,
  ns: Id,
  id: Id,
  change: CredentialHead['change'],
): Omit<CredentialHead, 'salt' | 'parts'> {
  return { ...headBase(setting, ns, id), kind: 'credential', change };
}
