import { ATTESTS_AS, type OutcomeCommand } from '@writ/contract';
import type { Committed, Principal } from '../state/state.ts';
import { authorise, type Decided, done, headBase, refused, type Setting, unrecorded } from './decided.ts';

/** What a run did, once: by the committed executor, or by a person for a run whose outcome is unknown. */
export function outcome(setting: Setting, command: OutcomeCommand): Decided {
  const authorised = authorise(setting, command.by, 'outcome');
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  // An outcome is worth what its reporter is: nobody speaks as what it was not registered as.
  if (command.attested_by !== ATTESTS_AS[principal.definition.kind])
    return refused(setting, principal, 'INSUFFICIENT_AUTHORITY', { on: null });
  const committed = setting.state.committed.get(command.id);
  if (committed === undefined) return outcomeAgain(setting, command, principal);
  const on = command.id;
  if (!mayReport(committed, principal)) return refused(setting, principal, 'EXECUTOR_DIFFERS', { on });
  if (!command.spent.every(isAmount)) return refused(setting, principal, 'INVALID_COMMAND', { on });
  if (committed.outcome === 'unknown' && command.status === 'unknown') {
    return refused(setting, principal, 'OUTCOME_CONFLICT', { on });
  }
  return done(setting, draftOutcome(setting, command, committed), on);
}

/** A negative amount would give back what others spent. */
function isAmount({ amount }: { readonly amount: number }): boolean {
  return Number.isSafeInteger(amount) && amount >= 0;
}

function outcomeAgain(setting: Setting, command: OutcomeCommand, principal: Principal): Decided {
  const { state } = setting;
  const on = command.id;
  if (state.permitted.has(on)) return refused(setting, principal, 'NOT_COMMITTED', { on });
  const finished = state.finished.get(on);
  if (finished === undefined) return refused(setting, principal, 'WRIT_UNKNOWN', { on: null });
  if (finished.executor === command.by && finished.status === command.status) {
    return unrecorded({ kind: 'repeat', index: finished.index, id: on, code: 'ALLOWED', folded: false });
  }
  return refused(setting, principal, 'OUTCOME_CONFLICT', { on });
}

function mayReport(committed: Committed, { id, ns, definition }: Principal): boolean {
  if (committed.executor === id) return true;
  const person = ATTESTS_AS[definition.kind] === 'person' && definition.scopes.includes('approve');
  return person && ns === committed.ns && committed.outcome === 'unknown';
}

function draftOutcome(
  setting: Setting,
  command: OutcomeCommand,
  committed: Committed,
): NonNullable<Decided['draft']> {
  return {
    head: {
      ...headBase(setting, committed.ns, command.id),
      kind: 'outcome',
      attested_by: command.attested_by,
      executor: committed.executor,
      produced: command.produced.length,
      status: command.status,
      unwrapped: command.unwrapped,
    },
    state: { spent: command.spent.map(({ amount, unit }) => ({ amount, unit })) },
    sealed: setting.state.namespaces.get(committed.ns)?.erased === true ? null : command.sealed,
  };
}
