import type { Command, FreezeScope } from '@writ/contract';
import { FREEZES_MAX } from '../state/limits.ts';
import type { Principal } from '../state/state.ts';
import { authorise, type Decided, done, headBase, refused, type Setting } from './decided.ts';

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
  const authorised = authorise(setting, command.by, command.kind, command.id);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const on = command.id;
  const key = freezeKey(command.scope);
  const before = setting.state.freezes.get(key);
  if (command.kind === 'thaw') {
    if (command.proof_of_person === 'p0')
      return refused(setting, principal, 'PROOF_OF_PERSON_TOO_WEAK', { on });
    if (before?.frozen !== true) return refused(setting, principal, 'NOT_FOUND', { on });
  }
  if (before === undefined && setting.state.freezes.size >= FREEZES_MAX && command.scope.scope !== 'all') {
    return refused(setting, principal, 'CAPACITY', { on });
  }
  const ns = nsOf(setting, command.scope, principal);
  const head = { ...headBase(setting, ns, on), kind: command.kind, scope: command.scope.scope };
  return done(setting, { head, state: { by: command.by, scope: key }, sealed: null }, on);
}

function nsOf({ state }: Setting, scope: FreezeScope, principal: Principal): string {
  switch (scope.scope) {
    case 'all':
      return principal.ns;
    case 'principal':
      return state.principals.get(scope.principal)?.ns ?? principal.ns;
    case 'namespace':
    case 'session':
    case 'effect':
      return scope.ns;
    default:
      return scope satisfies never;
  }
}
