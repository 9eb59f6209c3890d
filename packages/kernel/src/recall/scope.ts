import type { Judged } from '@writ/contract';
import type { Library } from '../gates/gate.ts';
import type { Context, Touched } from '../judge/context.ts';
import { effectsItMayHave } from '../judge/may-have.ts';
import type { Amount } from '../state/state.ts';

/** Whose state is recalled, and when. `freezes` are the scopes whose freeze covers the action. */
export type RecallScope = {
  readonly ns: string;
  readonly root: string;
  readonly now_ms: number;
  readonly freezes: readonly string[];
  /** Policies by digest: the names behind the tags of the one in force. */
  readonly library: Library;
  /** What the action itself added to the past, if it was permitted before. */
  readonly own: {
    readonly counted_at: number | null;
    readonly tool: string;
    readonly effects: readonly string[];
    readonly touched: readonly Touched[];
    readonly costs: readonly Amount[];
  };
};

export function recallScope(context: Context, judged: Judged, library: Library): RecallScope {
  const { costs, counted_at, ns, root, now_ms, tool, touched } = context;
  const own = { counted_at, tool, effects: judged.understanding.effects, touched, costs };
  return { ns, root, now_ms, freezes: freezeScopes(context, judged), library, own };
}

/** From the widest to the narrowest. */
function freezeScopes({ by, executor, ns, root, session }: Context, judged: Judged): readonly string[] {
  const scopes = ['all', `namespace:${ns}`];
  for (const principal of new Set([by, root, executor])) scopes.push(`principal:${principal}`);
  scopes.push(`session:${ns}/${session}`);
  for (const effect of effectsItMayHave(judged)) scopes.push(`effect:${ns}/${effect}`);
  return scopes;
}
