import {
  type Command,
  EFFECTS,
  HUMAN_ONLY_SCOPES,
  POLICY_SLICES,
  type PrincipalDefinition,
  RISK_ONE,
} from '@writ/contract';
import { blindReference } from '@writ/proof';
import type { RegistrationHead } from '@writ/proof';
import { canonicalDefinition, isListed } from '../state/definition.ts';
import {
  BUDGETS_PER_NAMESPACE_MAX,
  NAMESPACES_MAX,
  PRINCIPALS_MAX,
  TOOLS_PER_NAMESPACE_MAX,
} from '../state/limits.ts';
import type { Namespace } from '../state/state.ts';
import {
  type Authorised,
  authoriseOn,
  type Decided,
  done,
  headBase,
  refused,
  type Setting,
} from './decided.ts';

type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

export function registerNamespace(setting: Setting, command: CommandOf<'register_namespace'>): Decided {
  const authorised = authoriseOn(setting, command.by, 'govern', command.ns);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const { namespaces } = setting.state;
  const known = namespaces.get(command.ns);
  const on = command.ns;
  if (known?.erased === true) return refused(setting, principal, 'NAMESPACE_ERASED', { on });
  if (known === undefined && namespaces.size >= NAMESPACES_MAX)
    return refused(setting, principal, 'CAPACITY', { on });
  const units = new Set(command.budgets.map((budget) => budget.unit));
  const plain = units.size === command.budgets.length && command.budgets.every(isBudget);
  if (!plain || units.size > BUDGETS_PER_NAMESPACE_MAX) {
    return refused(setting, principal, 'INVALID_COMMAND', { on });
  }
  const change = known === undefined ? 'register' : 'replace';
  const budgets = command.budgets.map(({ limit, unit, window_ms }) => ({ limit, unit, window_ms }));
  const head = registration(setting, { kind: 'namespace', ns: on, id: on, change, definition: null });
  return done(setting, { head, state: { budgets, by: command.by }, sealed: null }, on);
}

function isBudget({ limit, window_ms }: { readonly limit: number; readonly window_ms: number }): boolean {
  return Number.isSafeInteger(limit) && limit >= 0 && Number.isSafeInteger(window_ms) && window_ms >= 1000;
}

export function registerPrincipal(setting: Setting, command: CommandOf<'register_principal'>): Decided {
  const authorised = inNamespace(setting, command.by, command.ns, command.principal);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const { principals } = setting.state;
  const on = command.principal;
  const known = principals.get(on);
  // A principal never moves to another namespace: its records stand where they were written.
  if (known !== undefined && known.ns !== command.ns)
    return refused(setting, principal, 'ALREADY_EXISTS', { on });
  if (known === undefined && principals.size >= PRINCIPALS_MAX)
    return refused(setting, principal, 'CAPACITY', { on });
  if (!isDefinition(setting, command)) return refused(setting, principal, 'INVALID_COMMAND', { on });
  const change = known === undefined ? 'register' : 'replace';
  const head = registration(setting, { kind: 'principal', ns: command.ns, id: on, change, definition: null });
  const definition = canonicalDefinition(command.definition);
  return done(setting, { head, state: { by: command.by, definition }, sealed: command.sealed }, on);
}

/** Promise 11: a scope that only people may hold is never given to an agent, executor or runner. */
function isDefinition(
  { state }: Setting,
  { definition, principal, ns }: CommandOf<'register_principal'>,
): boolean {
  const { kind, scopes, executor, root, risk_cap } = definition;
  if (!isListed(definition)) return false;
  const person = kind === 'human' || kind === 'admin';
  if (!person && scopes.some((scope) => HUMAN_ONLY_SCOPES.has(scope))) return false;
  if (!Number.isSafeInteger(risk_cap) || risk_cap < 0 || risk_cap > RISK_ONE) return false;
  const related = [executor, root].filter((id) => id !== null && id !== principal);
  return related.every((id) => id !== null && state.principals.get(id)?.ns === ns) && areLimits(definition);
}

function areLimits({ limits }: PrincipalDefinition): boolean {
  return Object.values(limits).every((limit) => Number.isSafeInteger(limit) && limit >= 0);
}

export function disablePrincipal(setting: Setting, command: CommandOf<'disable_principal'>): Decided {
  const authorised = inNamespace(setting, command.by, command.ns, command.principal);
  if (authorised.kind === 'no') return authorised.decided;
  const on = command.principal;
  const known = setting.state.principals.get(on);
  if (known?.ns !== command.ns) return refused(setting, authorised.principal, 'NOT_FOUND', { on });
  const head = registration(setting, {
    kind: 'principal',
    ns: command.ns,
    id: on,
    change: 'disable',
    definition: null,
  });
  return done(setting, { head, state: { by: command.by, definition: null }, sealed: null }, on);
}

export function registerTool(setting: Setting, command: CommandOf<'register_tool'>): Decided {
  const authorised = inNamespace(setting, command.by, command.ns, command.id);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const space = setting.state.namespaces.get(command.ns);
  const on = command.id;
  const known = space?.tools.has(command.tool) === true;
  if (!known && (space?.tools.size ?? 0) >= TOOLS_PER_NAMESPACE_MAX)
    return refused(setting, principal, 'CAPACITY', { on });
  if (!command.effects.every((effect) => EFFECTS.includes(effect)))
    return refused(setting, principal, 'INVALID_COMMAND', { on });
  const definition = blindReference(setting.library.hash, setting.salts.head, 'tool', command.definition);
  const change = known ? 'replace' : 'register';
  const head = registration(setting, { kind: 'tool', ns: command.ns, id: on, change, definition });
  const effects = [...new Set(command.effects)].sort();
  const state = { by: command.by, definition: command.definition, effects, tool: command.tool };
  return done(setting, { head, state, sealed: command.sealed }, on);
}

export function registerPolicy(setting: Setting, command: CommandOf<'register_policy'>): Decided {
  const authorised = inNamespace(setting, command.by, command.ns, command.id);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const on = command.id;
  const compiled = setting.library.policy(command.policy);
  const names = command.names ?? [];
  // Each name has its tag, or what is asked about it would be answered for another.
  const unusable = compiled?.names.length !== names.length || command.slices.length !== POLICY_SLICES;
  if (unusable) return refused(setting, principal, 'INVALID_COMMAND', { on });
  const definition = blindReference(setting.library.hash, setting.salts.head, 'policy', command.policy);
  const change = setting.state.namespaces.get(command.ns)?.policy === null ? 'register' : 'replace';
  const head = registration(setting, { kind: 'policy', ns: command.ns, id: on, change, definition });
  const state = { by: command.by, names, policy: command.policy, slices: command.slices };
  return done(setting, { head, state, sealed: command.sealed }, on);
}

/** A governor of a namespace that exists and was not erased. */
export function inNamespace(setting: Setting, by: string, ns: string, on: string): Authorised {
  const authorised = authoriseOn(setting, by, 'govern', ns);
  if (authorised.kind === 'no') return authorised;
  const space: Namespace | undefined = setting.state.namespaces.get(ns);
  if (space !== undefined && !space.erased) return authorised;
  const code = space === undefined ? 'NOT_FOUND' : 'NAMESPACE_ERASED';
  return { kind: 'no', decided: refused(setting, authorised.principal, code, { on }) };
}

function registration<K extends RegistrationHead['kind']>(
  setting: Setting,
  what: {
    readonly kind: K;
    readonly ns: string;
    readonly id: string;
    readonly change: RegistrationHead['change'];
    readonly definition: string | null;
  },
): Omit<RegistrationHead, 'salt' | 'parts' | 'kind'> & { readonly kind: K } {
  const { kind, ns, id, change, definition } = what;
  return { ...headBase(setting, ns, id), kind, change, definition };
}
