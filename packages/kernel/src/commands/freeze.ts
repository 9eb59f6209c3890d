import { atLeast, type Command, type FreezeScope } from '@writ/contract';
import type { Id } from '@writ/proof';
import { FREEZES_MAX } from '../state/limits.ts';
import { authoriseOn, type Decided, done, headBase, refused, type Setting } from './decided.ts';

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
  const before = setting.state.freezes.get(key);
  if (command.kind === 'thaw') {
    if (!atLeast(command.proof_of_person, 'p1'))
      return refused(setting, principal, 'PROOF_OF_PERSON_TOO_WEAK', { on });
    if (before?.frozen !== true) return refused(setting, principal, 'NOT_FOUND', { on });
  }
  if (before === undefined && setting.state.freezes.size >= FREEZES_MAX && command.scope.scope !== 'all') {
    return refused(setting, principal, 'CAPACITY', { on });
  }
  const head = {
    ...headBase(setting, covered ?? principal.ns, on),
    kind: command.kind,
    scope: command.scope.scope,
  };
  return done(setting, { head, state: { by: command.by, scope: key }, sealed: null }, on);
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
