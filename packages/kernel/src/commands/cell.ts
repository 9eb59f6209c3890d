import type { Command } from '@writ/contract';
import type { Id } from '@writ/proof';
import type { Draft } from '../record/record.ts';
import { canonicalDefinition } from '../state/definition.ts';
import { QUARANTINED_MAX, TICK_EXPIRED_MAX, TICK_FOLDED_MAX } from '../state/limits.ts';
import { authoriseOn, type Decided, done, headBase, refusedUnrecorded, type Setting } from './decided.ts';

/** Commands of the cell itself: how the log begins, how time and terms move, what it remembers of itself. */
type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

export function genesis(setting: Setting, command: CommandOf<'genesis'>): Decided {
  if (setting.state.size !== 0) return refusedUnrecorded('ALREADY_EXISTS');
  const { reason, predecessor, keys, engine, state_digest, operator, origin } = command;
  // A state is carried over from a predecessor, named by its digest; and what is not named is not there.
  const isCarried = setting.state.namespaces.size > 0;
  if (isCarried !== (state_digest !== null) || (isCarried && predecessor === null)) {
    return refusedUnrecorded('INVALID_COMMAND');
  }
  const head = {
    ...headBase(setting, command.ns, command.id),
    kind: 'genesis' as const,
    engine,
    keys,
    predecessor,
    reason,
    state_digest,
  };
  const definition = canonicalDefinition(operator.definition);
  return done(
    setting,
    { head, state: { operator: { definition, id: operator.id }, origin }, sealed: null },
    command.id,
  );
}

export function term(setting: Setting, command: CommandOf<'term'>): Decided {
  if (command.term <= setting.state.term) return refusedUnrecorded('INVALID_COMMAND');
  return done(setting, draftTerm(setting.state.home, command, setting.now_ms), command.id);
}

/** A term record needs no state: after an unknown commit it is written before any history is read. */
export function draftTerm(
  home: Id,
  { id, term: number, reason }: Omit<CommandOf<'term'>, 'kind'>,
  now_ms: number,
): Draft {
  return {
    head: { v: 1, id, ns: home, time: now_ms, term: number, kind: 'term', reason },
    state: { by: null },
    sealed: null,
  };
}

export function clock(setting: Setting, command: CommandOf<'clock'>): Decided {
  const head = {
    ...headBase(setting, setting.state.home, command.id),
    kind: 'clock' as const,
    from: command.from,
    to: command.to,
  };
  return done(setting, { head, state: { by: null }, sealed: null }, command.id);
}

export function activateEngine(setting: Setting, command: CommandOf<'engine'>): Decided {
  const base = headBase(setting, setting.state.home, command.id);
  const head = { ...base, kind: 'engine' as const, engine: command.engine };
  return done(setting, { head, state: { by: null }, sealed: null }, command.id);
}

export function snapshotTaken(setting: Setting, command: CommandOf<'snapshot'>): Decided {
  if (command.size > setting.state.size) return refusedUnrecorded('INVALID_COMMAND');
  const { size, state_digest } = command;
  const base = headBase(setting, setting.state.home, command.id);
  const head = { ...base, kind: 'snapshot' as const, size, state_digest };
  return done(setting, { head, state: { by: null }, sealed: null }, command.id);
}

export function quarantine(setting: Setting, command: CommandOf<'quarantine'>): Decided {
  if (setting.state.quarantined.size >= QUARANTINED_MAX) return refusedUnrecorded('CAPACITY');
  const base = headBase(setting, setting.state.home, command.id);
  const head = { ...base, kind: 'quarantine' as const, command: command.command };
  return done(setting, { head, state: { by: null }, sealed: null }, command.id);
}

export function rotateKey(setting: Setting, command: CommandOf<'rotate_key'>): Decided {
  const authorised = authoriseOn(setting, command.by, 'operate', null);
  if (authorised.kind === 'no') return authorised.decided;
  const { change, key, purpose } = command;
  const base = headBase(setting, authorised.principal.ns, command.id);
  return done(
    setting,
    { head: { ...base, kind: 'key', change, key, purpose }, state: { by: command.by }, sealed: null },
    command.id,
  );
}

/** Names what has expired since, so that reservations come back and waiting people are told. */
export function tick(setting: Setting, command: CommandOf<'tick'>): Decided {
  const { state, now_ms } = setting;
  if (command.folded.length > TICK_FOLDED_MAX) return refusedUnrecorded('INVALID_COMMAND');
  const writs = take(state.permitted.values(), TICK_EXPIRED_MAX, (writ) => writ.expires_at <= now_ms);
  const settled = take(
    state.committed.values(),
    TICK_EXPIRED_MAX - writs.length,
    (item) => item.settles_at <= now_ms,
  );
  const left = TICK_EXPIRED_MAX - writs.length - settled.length;
  const tickets = [...state.tickets.values()]
    // A released one is asked again when its writ is spent.
    .filter((ticket) => ticket.expires_at <= now_ms && !state.permitted.has(ticket.action))
    .slice(0, left)
    .map((ticket) => ticket.id);
  const folded = command.folded.map(({ count, index }) => ({ count, index }));
  if (writs.length + settled.length + tickets.length + folded.length === 0)
    return refusedUnrecorded('NOT_FOUND');
  const head = {
    ...headBase(setting, state.home, command.id),
    kind: 'tick' as const,
    expired_tickets: tickets.length,
    expired_writs: writs.length,
    folded: folded.reduce((sum, item) => sum + item.count, 0),
  };
  return done(setting, { head, state: { folded, settled, tickets, writs }, sealed: null }, command.id);
}

/** Lives are equal within each map, so the first that has not expired ends the search. */
function take<T extends { readonly id: string }>(
  items: Iterable<T>,
  max: number,
  expired: (item: T) => boolean,
): string[] {
  const found: string[] = [];
  for (const item of items) {
    if (found.length >= max || !expired(item)) break;
    found.push(item.id);
  }
  return found;
}
