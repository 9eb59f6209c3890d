import {
  CREDENTIAL_LIFE_MAX_MS,
  type CredentialRegistered,
  endCredential,
  registerCredential,
} from '@writ/cell';
import { SCOPES, type Scope } from '@writ/contract';
import type { Call, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { quoteText } from '../../terminal/encode-text.ts';
import { good, plain, warn } from '../../terminal/line.ts';
import { printTime } from '../../terminal/print-time.ts';
import { mustBeDone } from '../answers.ts';
import { countOf } from '../log-show-command.ts';
import { oneOf } from '../outcome-command.ts';
import { type Store, withStore } from '../store.ts';
import { principalOf } from './find-principal.ts';
import { type KeyPlace, openKeyPlace } from './key-place.ts';

/** Long enough not to be a nuisance, short enough that a forgotten one does not stay for good. */
const DAYS = 90;
const DAY_MS = 86_400_000;
const DAYS_MAX = CREDENTIAL_LIFE_MAX_MS / DAY_MS;

export const run: Run = async (call) => {
  const days = countOf(call, 'days') ?? DAYS;
  if (days === 0 || days > DAYS_MAX) throw new CliFailure('USAGE', `--days is from 1 to ${DAYS_MAX}`);
  const scopes = readScopes(call);
  return withStore(call, async (store) => {
    const { cell } = store;
    const owner = principalOf(store, call.operands[0] ?? '');
    const { id: principal, ns, definition } = owner;
    const wider = (scopes ?? []).filter((scope) => !definition.scopes.includes(scope));
    if (wider.length > 0)
      throw new CliFailure('INVALID_COMMAND', `the principal itself may not ${wider.join(', ')}`, 1);
    // From the newest record on, which is not after the time that the cell will stamp.
    const expires_at = cell.running.state().now_ms + days * DAY_MS;
    const asked = { principal, ns, scopes: scopes ?? definition.scopes, expires_at };
    const out = call.text('out');
    const place = await openKeyPlace(out);
    const { credential, answer, proven } = await handOver(store, asked, place);
    const { index } = mustBeDone({ answer });
    const where =
      out === null ? 'shown on the terminal, this once' : `in ${quoteText(out)}, for its owner alone`;
    return {
      exit: 0,
      lines: [
        good(`a key for ${principal}: ${credential}, record ${index}`),
        plain(`  it may ${[...asked.scopes].sort().join(', ')} until ${printTime(expires_at)}`),
        warn(`  the key is ${where}; it is nowhere else, so keep it as you keep a password`),
      ],
      json: { exit: 0, id: credential, principal, scopes: asked.scopes, expires_at, index, out, proven },
    };
  });
};

type Asked = Omit<Parameters<typeof registerCredential>[1], 'by'>;

/** Registers, and puts the key in its place. What could not be handed over is ended again. */
export async function handOver(
  { cell }: Store,
  asked: Asked,
  place: KeyPlace,
): Promise<Omit<CredentialRegistered, 'access_key'>> {
  const by = cell.settings.operator;
  let made: CredentialRegistered;
  try {
    made = await registerCredential(cell, { by, ...asked });
  } catch (error) {
    await place.discard();
    throw error;
  }
  const { access_key, ...rest } = made;
  if (access_key === null) {
    await place.discard();
    return rest;
  }
  try {
    await place.keep(access_key);
  } catch {
    await endCredential(cell, { by, ns: asked.ns, credential: made.credential, at: 0 });
    await place.discard().catch(() => {});
    const detail = 'the key could not be written, so it was ended again: make room, then add another';
    throw new CliFailure('OUTPUT_UNWRITABLE', detail);
  }
  return rest;
}

function readScopes(call: Call): readonly Scope[] | null {
  const text = call.text('scopes');
  if (text === null) return null;
  return [...new Set(text.split(',').map((word) => oneOf(SCOPES, word.trim(), 'a scope')))];
}
