import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { PrincipalDefinition } from '@writ/contract';
import { type Head, openPart } from '@writ/proof';
import type { BatchRecord } from '../core/batch.ts';

/**
 * Writes what one record changes in the lists. Ids, enums and numbers only: no record holds anything else.
 */
export type Projector = {
  project(index: number, record: BatchRecord): void;
  principal(id: string, ns: string, definition: PrincipalDefinition, disabled: boolean, index: number): void;
  advance(size: number, tail: string): void;
};

type Run = (...values: SQLInputValue[]) => void;
type Prepare = (sql: string) => Run;

export function openProjector(database: DatabaseSync): Projector {
  const prepare: Prepare = (sql) => {
    const statement = database.prepare(sql);
    return (...values) => void statement.run(...values);
  };
  const insert = prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const tickets = prepareTickets(prepare);
  const principals = preparePrincipals(prepare);
  const advance = prepare('UPDATE cursor SET size = ?, tail = ?');
  return {
    advance,
    project(index, { head: text, state }) {
      const head = JSON.parse(text) as Head; // verified where it is folded, and by the scrub
      const verdict = 'verdict' in head ? head.verdict : null;
      const code = 'code' in head ? head.code : null;
      const executor = 'executor' in head ? head.executor : null;
      insert(index, head.kind, head.id, head.ns, head.time, verdict, code, executor);
      tickets(head, state, index);
      principals.project(head, state, index);
    },
    principal: principals.put,
  };
}

type ProjectKind = (head: Head, state: string, index: number) => void;

/** Opened, answered, released, expired, void: each by the record that says so. */
function prepareTickets(prepare: Prepare): ProjectKind {
  const open = prepare(
    'INSERT INTO tickets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ticket) DO NOTHING',
  );
  const answer = prepare('UPDATE tickets SET status = ?, changed = ? WHERE ticket = ?');
  const ask = prepare('UPDATE tickets SET binding = ?, lifts = ? WHERE ticket = ?');
  const expire = prepare(
    "UPDATE tickets SET status = 'expired', changed = ? WHERE ticket = ? AND status IN ('open', 'approved')",
  );
  const empty = prepare(
    "UPDATE tickets SET status = 'void', changed = ? WHERE ns = ? AND status IN ('open', 'approved')",
  );
  return (head, state, index) => {
    switch (head.kind) {
      case 'decision': {
        if (head.ticket === null || head.parts.sealed === null) return;
        const { by, opens } = partOf(state) as Opening; // the state part of a decision
        if (opens === null) return;
        const { expires_at, lifts } = opens;
        const binding = head.parts.sealed;
        const texts = [head.ticket, head.id, head.ns, by, binding] as const;
        return open(...texts, index, index, expires_at, 'open', JSON.stringify(lifts));
      }
      case 'approval':
      case 'denial':
        return answer(head.state, index, head.id);
      case 'release': {
        if (head.ticket === null) return;
        const { ticket_status, residual } = partOf(state) as Releasing; // the state part of a release
        answer(ticket_status, index, head.ticket);
        const isAsked = ticket_status === 'open' && head.parts.sealed !== null;
        if (isAsked) ask(head.parts.sealed, JSON.stringify(residual), head.ticket);
        return;
      }
      case 'tick':
        for (const ticket of ticketsOf(state)) expire(index, ticket);
        return;
      case 'erase':
        if (head.subject === 'namespace') empty(index, head.ns);
        return;
      default:
        return;
    }
  };
}

type Principals = { readonly project: ProjectKind; readonly put: Projector['principal'] };

function preparePrincipals(prepare: Prepare): Principals {
  const upsert = prepare('INSERT OR REPLACE INTO principals VALUES (?, ?, ?, ?, ?, ?, ?)');
  const disable = prepare('UPDATE principals SET disabled = 1, changed = ? WHERE principal = ?');
  const put: Principals['put'] = (id, ns, { kind, scopes, wall }, disabled, index) =>
    upsert(id, ns, kind, scopes.join(' '), wall, disabled ? 1 : 0, index);
  const project: ProjectKind = (head, state, index) => {
    if (head.kind === 'genesis') {
      const { operator } = partOf(state) as Founding; // the state part of a genesis
      // In a later epoch the carried state says who is there.
      if (head.state_digest === null) put(operator.id, head.ns, operator.definition, false, index);
    } else if (head.kind === 'principal') {
      const { definition } = partOf(state) as Defining; // the state part of a principal
      if (definition === null) disable(index, head.id);
      else put(head.id, head.ns, definition, false, index);
    }
  };
  return { project, put };
}

type Lifts = readonly object[];
type Opening = {
  readonly by: string;
  readonly opens: { readonly expires_at: number; readonly lifts: Lifts } | null;
};
type Releasing = { readonly ticket_status: string; readonly residual: Lifts };
type Ticking = { readonly tickets: readonly string[] };
type Defining = { readonly definition: PrincipalDefinition | null };
type Founding = { readonly operator: { readonly id: string; readonly definition: PrincipalDefinition } };

function ticketsOf(state: string): readonly string[] {
  const { tickets } = partOf(state) as Ticking; // the state part of a tick
  return tickets;
}

/** The state part's form is that of its head's kind (spec/07-state-parts.md). */
function partOf(state: string): unknown {
  return JSON.parse(openPart(state).json);
}
