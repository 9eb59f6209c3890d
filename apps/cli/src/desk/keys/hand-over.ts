import type { Scope } from '@writ/contract';
import type { KeyPlace } from '../../client/key-place.ts';
import { CliFailure } from '../../program/failure.ts';
import type { KeyAdded, KeyAsked, KeyDesk } from '../desk.ts';

/** Long enough not to be a nuisance, short enough that a forgotten one does not stay for good. */
export const DAYS = 90;
export const DAY_MS = 86_400_000;

type Registrar = Pick<KeyDesk, 'addKey' | 'endKey'>;

/** Registers, and puts the key in its place. What could not be handed over is ended again. */
export async function handOver(
  desk: Registrar,
  asked: KeyAsked,
  place: KeyPlace,
): Promise<Omit<KeyAdded, 'access_key'>> {
  let made: KeyAdded;
  try {
    made = await desk.addKey(asked);
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
    await desk.endKey(made.credential, null);
    await place.discard().catch(() => {});
    const detail = 'the key could not be written, so it was ended again: make room, then add another';
    throw new CliFailure('OUTPUT_UNWRITABLE', detail);
  }
  return rest;
}

/** All that its principal may do, for the usual time. */
export function wholeKey(
  { id, ns, scopes }: { readonly id: string; readonly ns: string; readonly scopes: readonly Scope[] },
  now_ms: number,
): KeyAsked {
  return { principal: id, ns, scopes, expires_at: now_ms + DAYS * DAY_MS };
}
