import type { Judged } from '@writ/contract';
import type { Context } from '../judge/context.ts';

/** Whose state is recalled, and when. `freezes` are the scopes whose freeze covers the action. */
export type RecallScope = {
  readonly ns: string;
  readonly root: string;
  readonly now_ms: number;
  readonly freezes: readonly string[];
};

export function recallScope(context: Context, judged: Judged): RecallScope {
  const { ns, root, now_ms } = context;
  return { ns, root, now_ms, freezes: freezeScopes(context, judged) };
}

/** From the widest to the narrowest. */
function freezeScopes({ by, executor, ns, root, session }: Context, judged: Judged): readonly string[] {
  const scopes = ['all', `namespace:${ns}`];
  for (const principal of new Set([by, root, executor])) scopes.push(`principal:${principal}`);
  scopes.push(`session:${ns}/${session}`);
  for (const effect of judged.understanding.effects) scopes.push(`effect:${ns}/${effect}`);
  return scopes;
}
