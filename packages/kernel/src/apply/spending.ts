import type { CommitHead, OutcomeHead, RefusalHead } from '@writ/proof';
import type { CommitPart, OutcomePart, RefusalPart } from '../record/state-part.ts';
import type { State } from '../state/state.ts';
import { countLoop } from './activity.ts';
import { settle } from './budgets.ts';
import { touch } from './evict.ts';
import { countDone, countSpent } from './past.ts';
import { endWrit, releaseWrit } from './writs.ts';

export function applyCommit(state: State, head: CommitHead, part: CommitPart, index: number): void {
  const writ = state.permitted.get(head.id);
  if (writ === undefined) return;
  state.permitted.delete(head.id);
  state.committed.set(head.id, {
    id: head.id,
    ns: writ.ns,
    by: writ.by,
    root: writ.root,
    executor: writ.executor,
    session: writ.session,
    shape: writ.shape,
    tool: writ.tool,
    attempt: head.attempt,
    index,
    settles_at: part.settles_at,
    reserved: writ.reserved,
    outcome: 'none',
  });
}

export function applyOutcome(state: State, head: OutcomeHead, part: OutcomePart, index: number): void {
  const committed = state.committed.get(head.id);
  if (committed === undefined) return;
  if (head.status === 'unknown') {
    // It stays open: an unknown outcome may be resolved once, by a further record.
    state.committed.set(head.id, { ...committed, outcome: 'unknown' });
    return;
  }
  state.committed.delete(head.id);
  endWrit(state, committed.by);
  const space = state.namespaces.get(committed.ns);
  if (space !== undefined) {
    const spent = settle(space, committed.root, committed.reserved, part.spent, state.now_ms);
    countSpent(state, committed.root, spent);
  }
  if (head.status === 'succeeded' && committed.tool !== null)
    countDone(state, committed.root, committed.tool);
  countLoop(state, committed.shape, head.status === 'failed');
  touch(state.finished, head.id, {
    id: head.id,
    executor: committed.executor,
    attempt: committed.attempt,
    index,
    committed_at: committed.index,
    status: head.status,
    at: state.now_ms,
  });
}

export function applyRefusal(state: State, _head: RefusalHead, part: RefusalPart, index: number): void {
  touch(state.folds, part.fold, { index, at: state.now_ms });
  if (part.voids !== null) releaseWrit(state, part.voids);
}
