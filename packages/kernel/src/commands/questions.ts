import type { Command } from '@writ/contract';
import { endingOf } from '../identity/ending.ts';
import { QUESTIONS_WINDOW_MS } from '../state/limits.ts';
import { type Decided, done, headBase, refused, refusedUnrecorded, type Setting } from './decided.ts';

type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

/**
 * Whoever asks what would be allowed learns of the policy and leaves no decision behind. So the log says who
 * asks before anything is answered, once a window; the doors hold how often, within it.
 */
export function openQuestions(setting: Setting, { id, by }: CommandOf<'open_questions'>): Decided {
  const { state, now_ms } = setting;
  const principal = state.principals.get(by);
  if (principal === undefined) return refusedUnrecorded('UNAUTHENTICATED');
  const ended = endingOf(principal, now_ms);
  if (ended !== null) return refused(setting, principal, ended, { on: null });
  const root = principal.definition.root ?? principal.id;
  // Its counts are not recorded yet: another window would take their place.
  if (state.questions.has(root)) return refusedUnrecorded('ALREADY_EXISTS');
  const head = {
    ...headBase(setting, principal.ns, id),
    kind: 'questions' as const,
    change: 'open' as const,
    explained: null,
    from: now_ms,
    to: now_ms + QUESTIONS_WINDOW_MS,
    weighed: null,
  };
  return done(setting, { head, state: { by: root }, sealed: null }, id);
}

/** Says how often it was. A cell that ends closes its windows before their time. */
export function closeQuestions(setting: Setting, command: CommandOf<'close_questions'>): Decided {
  const { state, now_ms } = setting;
  const { id, root, explained, weighed } = command;
  const window = state.questions.get(root);
  if (window === undefined || window.id !== id) return refusedUnrecorded('NOT_FOUND');
  const ns = state.principals.get(root)?.ns ?? state.home;
  const head = {
    ...headBase(setting, ns, id),
    kind: 'questions' as const,
    change: 'close' as const,
    explained,
    from: window.from,
    to: Math.min(window.to, now_ms),
    weighed,
  };
  return done(setting, { head, state: { by: root }, sealed: null }, id);
}
