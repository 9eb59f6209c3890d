import type { Answer, Code, Command, Judged, ProposeCommand, Wall } from '@writ/contract';
import { slide } from '../apply/activity.ts';
import type { GateInput } from '../gates/gate.ts';
import { composeDecision, foldOf } from '../judge/compose.ts';
import type { Context } from '../judge/context.ts';
import { judge } from '../judge/judge.ts';
import { recallLive } from '../recall/live.ts';
import { recallScope } from '../recall/scope.ts';
import {
  FOLD_WINDOW_MS,
  IDEMPOTENCY_AHEAD_MS,
  IDEMPOTENCY_KEYS_MAX,
  IDEMPOTENCY_LIFE_MS,
  RATE_SLOTS,
  REFUSED_PER_MINUTE_MAX,
  TOUCHED_MAX,
} from '../state/limits.ts';
import { wallAt } from '../state/definition.ts';
import type { Amount, Principal, State } from '../state/state.ts';
import { type Decided, recorded, refused, refusedUnrecorded, type Setting, unrecorded } from './decided.ts';

/** An agent proposes an action: judged on all that is recalled, recorded, and perhaps spent at once. */
export function propose(setting: Setting, command: ProposeCommand): Decided {
  const principal = setting.state.principals.get(command.by);
  if (principal === undefined) return refusedUnrecorded('UNAUTHENTICATED');
  // Its keys are gone: nothing could be sealed.
  if (setting.state.namespaces.get(principal.ns)?.erased === true) {
    return refused(setting, principal, 'NAMESPACE_ERASED', { on: null });
  }
  const repeated = findRepeat(setting, command, principal);
  if (repeated !== null) return repeated;
  if (isFlood(setting, principal)) return refused(setting, principal, 'RATE_LIMIT_EXCEEDED', { on: null });
  // Ids are minted, so this is a command that came twice; a second permission under one id is a second spend.
  if (isTaken(setting.state, command)) return refused(setting, principal, 'ALREADY_EXISTS', { on: null });
  if (command.claim !== null && executorOf(principal) !== command.by) {
    return refused(setting, principal, 'EXECUTOR_DIFFERS', { on: null });
  }
  const decision = judgeProposal(setting, command, principal);
  const { draft, answer } = decision;
  if (answer.verdict === 'BLOCK') {
    const wall = wallOf(setting, principal);
    const folded = findFold(setting, { ...command, wall }, answer.code);
    if (folded !== null) return folded;
  }
  const claims = command.claim !== null && answer.verdict === 'ALLOW' && answer.expires_at !== null;
  return recorded(draft, answer, claims ? claimOf(command) : null);
}

/** The same key is the same request: answered as before, refused for another body, refused when too old. */
function findRepeat(setting: Setting, command: ProposeCommand, principal: Principal): Decided | null {
  const { idempotency } = command;
  if (idempotency === null) return null;
  const { state, now_ms } = setting;
  const age = now_ms - idempotency.sent_at;
  // Keys of an earlier epoch are forgotten with it: what was sent before this one began may have run already.
  const isOfEpoch = idempotency.sent_at >= state.began_at;
  if (age > IDEMPOTENCY_LIFE_MS || age < -IDEMPOTENCY_AHEAD_MS || !isOfEpoch) {
    return refused(setting, principal, 'KEY_TOO_OLD', { on: null });
  }
  const before = state.idempotency.get(`${command.by}/${idempotency.key}`);
  if (before === undefined) {
    const full = state.idempotency.size >= IDEMPOTENCY_KEYS_MAX;
    return full ? refused(setting, principal, 'CAPACITY', { on: null }) : null;
  }
  if (before.body !== idempotency.body)
    return refused(setting, principal, 'IDEMPOTENCY_MISMATCH', { on: null });
  return unrecorded({ kind: 'repeat', index: before.index, id: before.id, code: before.code, folded: false });
}

/**
 * Gate 3 refuses what is over the rate, each action with a record of its own. Who goes on all the same, with
 * ever new arguments, must not fill the disk for everyone: that is refused before it is judged, and folded.
 */
function isFlood({ state, now_ms }: Setting, { id, definition }: Principal): boolean {
  const { counts } = slide(state.activities.get(definition.root ?? id), now_ms);
  let recorded_last_minute = 0;
  for (let slot = 0; slot < RATE_SLOTS; slot += 1) recorded_last_minute += counts[slot] ?? 0;
  return recorded_last_minute >= definition.limits.actions_per_minute + REFUSED_PER_MINUTE_MAX;
}

function isTaken(state: State, { id, ticket }: ProposeCommand): boolean {
  if (state.tickets.has(ticket) || state.permitted.has(id)) return true;
  return state.committed.has(id) || state.finished.has(id);
}

/** The record of the same refusal of the same action, if one was made lately. */
export function findFold(setting: Setting, of: Folded, code: Code): Decided | null {
  const before = setting.state.folds.get(foldOf(of, code));
  if (before === undefined || before.at <= setting.now_ms - FOLD_WINDOW_MS) return null;
  return unrecorded({ kind: 'repeat', index: before.index, id: null, code, folded: true });
}

type Folded = { readonly by: string; readonly same: string; readonly wall: Wall };

export function executorOf(principal: Principal): string {
  return principal.definition.executor ?? principal.id;
}

/** Of whoever would run it. */
function wallOf({ state, now_ms }: Pick<Setting, 'state' | 'now_ms'>, principal: Principal): Wall {
  return wallAt(state.principals.get(executorOf(principal))?.definition, now_ms);
}

type JudgedAnswer = Extract<Answer, { readonly kind: 'judged' }>;
type JudgedProposal = { readonly draft: NonNullable<Decided['draft']>; readonly answer: JudgedAnswer };

/** What the gates get of a proposal. */
export function inputOf(setting: Setting, command: ProposeCommand, principal: Principal): GateInput {
  const { state, library } = setting;
  const judged = JSON.parse(command.judged) as Judged; // canonical text of one, by the command's contract
  const context = contextOf(setting, command, principal);
  const recall = recallLive(state, recallScope(context, judged, library));
  // The executor's wall is part of what was decided, so the executor is pinned too.
  recall.read('principal', context.executor);
  return { context, judged, recall, library };
}

function judgeProposal(setting: Setting, command: ProposeCommand, principal: Principal): JudgedProposal {
  const { state, library } = setting;
  const input = inputOf(setting, command, principal);
  const { context, judged, recall } = input;
  const judgement = judge(input);
  return composeDecision({
    library,
    context,
    judged,
    judgement,
    recall,
    index: state.size,
    salts: setting.salts,
    input_text: command.input,
    judged_text: command.judged,
  });
}

/**
 * Each unit once: two costs of one unit must not pass where their sum does not. One that is no amount spoils
 * the sum, which gate 3 refuses: it must not make up for another.
 */
function sumByUnit(costs: ProposeCommand['costs']): readonly Amount[] {
  const sums = new Map<string, number>();
  for (const { amount, unit } of costs) {
    const sum = sums.get(unit) ?? 0;
    const isAmount = Number.isSafeInteger(amount) && amount >= 0;
    sums.set(unit, isAmount && sum !== NO_AMOUNT ? sum + amount : NO_AMOUNT);
  }
  return [...sums].map(([unit, amount]) => ({ amount, unit }));
}

const NO_AMOUNT = -1;

function contextOf({ state, now_ms }: Setting, command: ProposeCommand, principal: Principal): Context {
  return {
    args: command.args,
    by: command.by,
    costs: sumByUnit(command.costs),
    counted_at: null,
    engine: state.engine,
    executor: executorOf(principal),
    id: command.id,
    idempotency:
      command.idempotency === null
        ? null
        : {
            body: command.idempotency.body,
            key: command.idempotency.key,
            sent_at: command.idempotency.sent_at,
          },
    lifting: null,
    met_obligations: command.met_obligations === null ? null : [...command.met_obligations].sort(),
    now_ms,
    ns: principal.ns,
    purpose: 'propose',
    root: principal.definition.root ?? principal.id,
    same: command.same,
    session: command.session,
    shape: command.shape,
    term: state.term,
    ticket: command.ticket,
    tool: command.tool,
    touched: (command.touched ?? []).slice(0, TOUCHED_MAX).map(({ kind, tag }) => ({ kind, tag })),
    wall: wallOf({ state, now_ms }, principal),
  };
}

/** The commit that follows a claimed permission: same moment, same scene, the decision's own sealed part. */
function claimOf(command: ProposeCommand): Command | null {
  if (command.claim === null) return null;
  const judged = JSON.parse(command.judged) as Judged; // canonical text of one, by the command's contract
  return {
    kind: 'commit',
    by: command.by,
    id: command.id,
    spend: command.claim,
    args: command.args,
    recorded: null,
    scene: (judged.scene?.items ?? []).map(({ kind, name, digest }) => ({ kind, name, digest })),
  };
}
