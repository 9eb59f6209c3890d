import type { Effect } from '@writ/contract';
import type { Context } from '../judge/context.ts';
import { type Gate, PASSED, refuse } from './gate.ts';

/** Every scope whose freeze covers this action, from the widest to the narrowest. */
export function freezeScopes(context: Context, effects: readonly Effect[]): string {
  const { by, executor, ns, root, session } = context;
  const scopes = ['all', `namespace:${ns}`];
  for (const principal of new Set([by, root, executor])) scopes.push(`principal:${principal}`);
  scopes.push(`session:${ns}/${session}`);
  for (const effect of effects) scopes.push(`effect:${ns}/${effect}`);
  return scopes.join(' ');
}

/** Gate 0: is this namespace, session, category or everything frozen? */
export const freezeGate: Gate = {
  number: 0,
  name: 'freeze',
  judge({ context, judged, recall }) {
    const { frozen } = recall.read('freeze', freezeScopes(context, judged.understanding.effects));
    if (frozen.length > 0) return refuse(0, 'LOCKED');
    const space = recall.read('namespace', context.ns);
    return space === null || space.erased ? refuse(0, 'NAMESPACE_ERASED') : PASSED;
  },
};
