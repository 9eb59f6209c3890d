import type { Principal } from '../state/state.ts';

export type Ending = 'PRINCIPAL_DISABLED' | 'PRINCIPAL_EXPIRED';

/** Why a principal can do nothing any more; null while it can. */
export function endingOf(
  { definition, disabled }: Pick<Principal, 'definition' | 'disabled'>,
  now_ms: number,
): Ending | null {
  if (disabled) return 'PRINCIPAL_DISABLED';
  const { expires_at } = definition;
  return expires_at !== null && expires_at <= now_ms ? 'PRINCIPAL_EXPIRED' : null;
}
