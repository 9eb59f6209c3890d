import { randomBytes } from 'node:crypto';
import type { Scope } from '@writ/contract';
import { credentialEnd } from '@writ/kernel';
import {
  ACCESS_KEY_SECRET_CHARACTERS,
  accessKeyDigest,
  type Id,
  printAccessKey,
  sha256Base64url,
} from '@writ/proof';
import type { Answered, CellContext } from './cell.ts';
import { submit } from './submit.ts';

export type CredentialRegistered = Answered & {
  readonly credential: Id;
  /** The whole key, this once: the cell keeps its digest only. Null when nothing was registered. */
  readonly access_key: string | null;
};

/**
 * Mints an access key for a principal. INVARIANT: the secret is in no command, so it cannot come into a
 * record, a log line or a file of the cell.
 */
export async function registerCredential(
  context: CellContext,
  request: {
    readonly by: Id;
    readonly ns: Id;
    readonly principal: Id;
    readonly scopes: readonly Scope[];
    readonly expires_at: number;
  },
): Promise<CredentialRegistered> {
  const id = context.mint.id('key');
  const access_key = printAccessKey(id, mintSecret());
  const digest = accessKeyDigest(sha256Base64url, access_key);
  const { by, ns, principal, scopes, expires_at } = request;
  const command = { kind: 'register_credential', id, by, ns, principal, digest, scopes, expires_at } as const;
  const answered = await submit(context, command);
  return { ...answered, credential: id, access_key: answered.answer.kind === 'done' ? access_key : null };
}

/** Ends a credential at a time, which may be now: never later than it would end anyway. */
export function endCredential(
  context: CellContext,
  request: { readonly by: Id; readonly ns: Id; readonly credential: Id; readonly at: number },
): Promise<Answered> {
  const { by, ns, credential, at } = request;
  return submit(context, { kind: 'end_credential', by, ns, credential, at });
}

export type CredentialView = {
  readonly id: Id;
  readonly principal: Id;
  readonly scopes: readonly Scope[];
  readonly expires_at: number;
  /** When somebody ends it before it expires. */
  readonly ends_at: number | null;
};

/** Those of a principal that have not ended, the first to end first. */
export function listCredentials({ running, now_ms }: CellContext, principal: Id): readonly CredentialView[] {
  const state = running.state();
  const now = Math.max(now_ms(), state.now_ms);
  return [...state.credentials.values()]
    .filter((one) => one.principal === principal && credentialEnd(one) > now)
    .sort((one, other) => credentialEnd(one) - credentialEnd(other) || (one.id < other.id ? -1 : 1))
    .map(({ id, scopes, expires_at, ends_at }) => ({ id, principal, scopes, expires_at, ends_at }));
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CHARACTER_MASK = 0b11111;

/** Five bits a character. Drawn by itself: what ids and salts are drawn from stays in memory for long. */
function mintSecret(): string {
  const drawn = randomBytes(ACCESS_KEY_SECRET_CHARACTERS);
  const secret = Array.from(drawn, (byte) => ALPHABET.charAt(byte & CHARACTER_MASK)).join('');
  drawn.fill(0);
  return secret;
}
