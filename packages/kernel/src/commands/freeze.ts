import { atLeast, type Command, EFFECTS, type FreezeScope } from '@writ/contract';
import type { Id } from '@writ/proof';
import { FREEZES_MAX } from '../state/limits.ts';
import { authoriseOn, type Decided, done, headBase, refused, type Setting, unrecorded } from './decided.ts';

type FreezeCommand = Extract<Command, { readonly kind: 'freeze' | 'thaw' }>;

/** The key of a scope in state, as gate 0 reads it. */
export function freezeKey(scope: FreezeScope): string {
  switch (scope.scope) {
    case 'all':
      return 'all';
    case 'namespace':
      return `namespace:${scope.ns}`;
    case 'session':
      return `session:${scope.ns}/${scope.session}`;
    case 'principal':
      return `principal:${scope.principal}`;
    case 'effect':
      return `effect:${scope.ns}/${scope.effect}`;
    default:
      return scope satisfies never;
  }
}

/** Freezing is easy and thawing is not: it takes a person. */
export function freezeOrThaw(setting: Setting, command: FreezeCommand): Decided {
  const covered = coveredNs(setting, command.scope);
  const authorised = authoriseOn(setting, command.by, command.kind, covered);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const on = command.id;
  const key = freezeKey(command.scope);
  const frozen_at = setting.state.freezes.get(key);
  // The id is new with each try, so no refusal names it: the same one folds.
  if (command.kind === 'thaw') {
    if (!atLeast(command.proof_of_person, 'p1'))
      return refused(setting, principal, 'PROOF_OF_PERSON_TOO_WEAK', { on: null });
    if (frozen_at === undefined) return refused(setting, principal, 'NOT_FOUND', { on: null });
  } else {
    // Frozen already: the record that stands says all that another one would.
    if (frozen_at !== undefined)
      return unrecorded({ kind: 'repeat', index: frozen_at, id: null, code: 'ALLOWED', folded: false });
    if (!hasRoom(setting, command.scope)) return refused(setting, principal, 'CAPACITY', { on: null });
  }
  const head = {
    ...headBase(setting, covered ?? principal.ns, on),
    kind: command.kind,
    scope: command.scope.scope,
  };
  return done(setting, { head, state: { by: command.by, scope: key }, sealed: null }, on);
}

/**
 * There are as many registered namespaces and principals as there may be, and each can be frozen: sessions,
 * which anybody names, never take the place of the bigger switch.
 */
function hasRoom({ state }: Setting, scope: FreezeScope): boolean {
  if (state.freezes.size < FREEZES_MAX) return true;
  switch (scope.scope) {
    case 'all':
      return true;
    case 'namespace':
      return state.namespaces.has(scope.ns);
    case 'effect':
      return state.namespaces.has(scope.ns) && EFFECTS.includes(scope.effect);
    case 'principal':
      return state.principals.has(scope.principal);
    case 'session':
      return false;
    default:
      return scope satisfies never;
  }
}

/** The namespace that a scope lies in; null for what only the operators of the cell may touch. */
function coveredNs({ state }: Setting, scope: FreezeScope): Id | null {
  switch (scope.scope) {
    case 'all':
      return null;
    case 'principal':
      return state.principals.get(scope.principal)?.ns ?? null;
    case 'namespace':
    case 'session':
    case 'effect':
      return scope.ns;
    default:
      return scope satisfies never;
  }
}
