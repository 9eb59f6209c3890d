import type { CommitCommand, Dependency, Drift, Judged, SceneObservation } from '@writ/contract';
import { blindReference } from '@writ/proof';
import { blindDefinitions } from '../judge/compose.ts';
import type { Context } from '../judge/context.ts';
import { type Judgement, judge } from '../judge/judge.ts';
import { openSealedDecision, printSealedAgain, type SealedDecision } from '../judge/sealed.ts';
import { dependenciesOf, hashState } from '../judge/state-hash.ts';
import { recallLive, versionNow } from '../recall/live.ts';
import { recallScope } from '../recall/scope.ts';
import { PINNED, type Recall, type RecallKind } from '../recall/recall.ts';
import type { Draft } from '../record/record.ts';
import { OUTCOME_LIFE_MS, RECEIPT_LIFE_MS } from '../state/limits.ts';
import type { Permitted, Principal } from '../state/state.ts';
import {
  authorise,
  type Decided,
  recorded,
  refused,
  refusedUnrecorded,
  type Setting,
  unrecorded,
} from './decided.ts';

/** The named executor spends a writ: checked, observed, judged again, and then it is the start of the run. */
export function commit(setting: Setting, command: CommitCommand): Decided {
  const authorised = authorise(setting, command.by, 'commit');
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const writ = setting.state.permitted.get(command.id);
  if (writ === undefined) return commitAgain(setting, command, principal);
  const refusal = refusePlainly(setting, command, principal, writ);
  if (refusal !== null) return refusal;
  // Without the sealed part nothing can be judged again: unavailable now, or erased for good.
  if (command.recorded === null) return refusedUnrecorded('UNAVAILABLE');
  const sealed = openSealedDecision(setting.library.hash, command.recorded, writ.sealed);
  const drift = findDrift(setting, sealed, dependenciesOf(sealed.judged, sealed.recall), command.scene);
  if (drift.length > 0) return refuseDrift(setting, principal, sealed, drift);
  return judgeAgain(setting, command, principal, writ, sealed);
}

/** The same attempt of the same executor gets the same receipt; anyone else finds it spent. */
function commitAgain(setting: Setting, command: CommitCommand, principal: Principal): Decided {
  const { state } = setting;
  const committed = state.committed.get(command.id);
  const finished = state.finished.get(command.id);
  const spent = committed ?? finished;
  if (spent === undefined) return refused(setting, principal, 'WRIT_UNKNOWN', { on: null });
  const same = spent.executor === command.by && spent.attempt === command.spend.attempt;
  if (!same) return refused(setting, principal, 'ALREADY_SPENT', { on: command.id });
  const index = committed?.index ?? finished?.committed_at ?? 0;
  return unrecorded({ kind: 'repeat', index, id: command.id, code: 'ALLOWED', folded: false });
}

function refusePlainly(
  setting: Setting,
  command: CommitCommand,
  principal: Principal,
  writ: Permitted,
): Decided | null {
  const on = writ.id;
  if (writ.executor !== command.by) return refused(setting, principal, 'EXECUTOR_DIFFERS', { on });
  if (writ.args !== command.args) return refused(setting, principal, 'ARGUMENTS_DIFFER', { on });
  if (writ.expires_at <= setting.now_ms) {
    return refused(setting, principal, 'WRIT_EXPIRED', { on, voids: on });
  }
  return null;
}

/** What the decision relied on and is no longer as it was. */
export function findDrift(
  { state, now_ms, library }: Setting,
  { context, judged }: Pick<SealedDecision, 'context' | 'judged'>,
  dependencies: readonly Dependency[],
  scene: readonly SceneObservation[],
): readonly Drift[] {
  const observed = new Map(scene.map((item) => [`${item.kind}:${item.name}`, item.digest]));
  const scope = recallScope({ ...context, now_ms }, judged, library);
  return dependencies
    .filter((dependency) => {
      const { kind, id, version, digest } = dependency;
      if (kind === 'scene') return observed.get(id) !== digest;
      if (!isPinned(kind)) return true;
      const now = versionNow(state, scope, kind, id);
      return now.version !== version || now.digest !== digest;
    })
    .map(({ kind, id }: Dependency) => ({ kind, id }));
}

function isPinned(kind: string): kind is RecallKind {
  const pinned: ReadonlySet<string> = PINNED;
  return pinned.has(kind);
}

/** Versions only rise, so a writ that drifted can never be spent: it is closed with the refusal. */
function refuseDrift(
  setting: Setting,
  principal: Principal,
  { context, judged }: SealedDecision,
  drift: readonly Drift[],
): Decided {
  const scope = recallScope({ ...context, now_ms: setting.now_ms }, judged, setting.library);
  const { frozen } = recallLive(setting.state, scope).read('freeze', 'here');
  const code = frozen.length > 0 ? 'LOCKED' : 'STATE_DRIFT';
  return refused(setting, principal, code, { on: context.id, voids: context.id, drift });
}

function judgeAgain(
  setting: Setting,
  command: CommitCommand,
  principal: Principal,
  writ: Permitted,
  sealed: SealedDecision,
): Decided {
  const { state, now_ms, library } = setting;
  const context: Context = {
    ...sealed.context,
    counted_at: sealed.context.now_ms,
    engine: state.engine,
    lifting: writ.ticket,
    now_ms,
    purpose: 'commit',
    term: state.term,
  };
  const recall = recallLive(state, recallScope(context, sealed.judged, library));
  recall.read('principal', context.executor);
  const judgement = judge({ context, judged: sealed.judged, recall, library });
  if (judgement.verdict !== 'ALLOW') {
    const { code, reasons } = judgement;
    return refused(setting, principal, code, { on: writ.id, voids: writ.id, reasons });
  }
  const draft = composeCommit(setting, command, writ, { context, judged: sealed.judged, judgement, recall });
  return recorded(draft, {
    kind: 'spent',
    decided_at: writ.index,
    index: state.size,
    id: writ.id,
    expires_at: now_ms + RECEIPT_LIFE_MS,
    obligations: judgement.obligations,
  });
}

type Again = {
  readonly context: Context;
  readonly judged: Judged;
  readonly judgement: Judgement;
  readonly recall: Recall;
};

function composeCommit(setting: Setting, command: CommitCommand, writ: Permitted, again: Again): Draft {
  const { state, now_ms, library, salts } = setting;
  const { context, judged, judgement, recall } = again;
  const readSet = recall.readSet();
  const dependencies = dependenciesOf(judged, readSet);
  const { attempt, target } = command.spend;
  const { reasons, shadow } = judgement;
  return {
    head: {
      kind: 'commit',
      v: 1,
      id: writ.id,
      ns: writ.ns,
      time: now_ms,
      term: state.term,
      args: writ.args,
      attempt,
      cnf: state.principals.get(writ.executor)?.definition.cnf ?? null,
      decided_at: writ.index,
      engine: state.engine,
      executor: writ.executor,
      expires_at: now_ms + RECEIPT_LIFE_MS,
      obligations: judgement.obligations,
      ...blindDefinitions({ library, salts }, readSet),
      state_hash: hashState(library.hash, context, dependencies),
      target: target === null ? null : blindReference(library.hash, salts.head, 'target', target),
      wall: context.wall,
    },
    state: { settles_at: now_ms + OUTCOME_LIFE_MS },
    sealed: printSealedAgain({ context, reasons, readSet, shadow }, writ.sealed),
  };
}
