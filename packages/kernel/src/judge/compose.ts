import type { Answer, Code, Judged, Reason, Salts, TicketView, Verdict } from '@writ/contract';
import { blindReference, commitPart, type Digest, makePart, type TextHash } from '@writ/proof';
import type { Library } from '../gates/gate.ts';
import type { AnyRecalled, Recall } from '../recall/recall.ts';
import type { Draft } from '../record/record.ts';
import type { DecisionPart } from '../record/state-part.ts';
import {
  TICKET_LIFE_MS,
  TICKETS_MAX,
  TICKETS_PER_NAMESPACE_MAX,
  TICKETS_PER_SESSION_MAX,
  WRIT_LIFE_MS,
} from '../state/limits.ts';
import type { TicketLift } from '../state/state.ts';
import type { Context } from './context.ts';
import type { Judgement } from './judge.ts';
import { ruleDigest } from './lift.ts';
import { dependenciesOf, hashState } from './state-hash.ts';
import { printSealedDecision } from './sealed.ts';

type JudgedAnswer = Extract<Answer, { readonly kind: 'judged' }>;

export type Composition = {
  readonly library: Library;
  readonly context: Context;
  readonly judged: Judged;
  readonly judgement: Judgement;
  readonly recall: Recall;
  readonly index: number;
  readonly salts: Salts;
  readonly input_text: string;
  readonly judged_text: string;
};

/** What becomes of the ticket: opened here, or one that waits for the same action is joined. */
type Escalation = {
  readonly ticket: string | null;
  readonly opens: DecisionPart['opens'];
};

/** Turns a judgement into the decision's record and answer. A function of recorded things alone. */
export function composeDecision(composition: Composition): {
  readonly draft: Draft;
  readonly answer: JudgedAnswer;
} {
  const { context, judged, index, library, recall } = composition;
  const { escalation, verdict, code, expires_at } = settleDecision(
    context,
    composition.judgement,
    recall,
    library,
  );
  const readSet = recall.readSet();
  const dependencies = dependenciesOf(judged, readSet);
  const { reasons, shadow } = composition.judgement;
  const judgement = { context, reasons, readSet, shadow };
  const sealed = printSealedDecision(judgement, composition.input_text, composition.judged_text);
  const obligations = verdict === 'ALLOW' ? composition.judgement.obligations : [];
  const draft: Draft = {
    head: {
      kind: 'decision',
      v: 1,
      id: context.id,
      ns: context.ns,
      time: context.now_ms,
      term: context.term,
      verdict,
      code,
      args: context.args,
      executor: context.executor,
      expires_at,
      obligations,
      reasons: composition.judgement.reasons.length,
      state_hash: hashState(library.hash, context, dependencies),
      ticket: escalation.ticket,
      ...blindDefinitions(composition, readSet),
      engine: context.engine,
      wall: context.wall,
    },
    state: decisionPart(context, judged, verdict, code, escalation.opens),
    sealed,
  };
  const ticket = ticketView(composition, escalation, sealed);
  return {
    draft,
    answer: answerOf(composition.judgement, { verdict, code, index, expires_at, ticket, context }),
  };
}

export type SettledDecision = {
  readonly escalation: Escalation;
  readonly verdict: Verdict;
  readonly code: Code;
  readonly expires_at: number | null;
};

/** What a judgement comes to: a permission where a door enforces it, or a ticket while there is room. */
export function settleDecision(
  context: Context,
  judgement: Judgement,
  recall: Recall,
  { hash }: Library,
): SettledDecision {
  const { verdict, code, reasons } = judgement;
  const none: Escalation = { ticket: null, opens: null };
  if (verdict !== 'ESCALATE') {
    const permits = verdict === 'ALLOW' && context.wall > 0;
    const expires_at = permits ? context.now_ms + WRIT_LIFE_MS : null;
    return { escalation: none, verdict, code, expires_at };
  }
  // Nobody is asked where nothing waits for the answer, and evidence is the agent's to bring first.
  if (context.wall === 0 || reasons.some((reason) => reason.verdict === 'NEED_EVIDENCE')) {
    return { escalation: none, verdict, code, expires_at: null };
  }
  const waiting = recall.read('waiting', context.same);
  if (waiting !== null) {
    return { escalation: { ticket: waiting.ticket, opens: null }, verdict, code, expires_at: null };
  }
  if (tooManyPending(context, recall)) {
    return { escalation: none, verdict: 'BLOCK', code: 'TOO_MANY_PENDING', expires_at: null };
  }
  const opens = { expires_at: context.now_ms + ticketLife(reasons), lifts: residualOf(hash, reasons) };
  return { escalation: { ticket: context.ticket, opens }, verdict, code, expires_at: null };
}

function tooManyPending(context: Context, recall: Recall): boolean {
  const inSession = recall.read('session', context.session).pending_tickets;
  const inNamespace = recall.read('namespace', context.ns)?.pending_tickets ?? 0;
  if (inSession >= TICKETS_PER_SESSION_MAX || inNamespace >= TICKETS_PER_NAMESPACE_MAX) return true;
  const { pending, pending_in_cell } = recall.read('writs', context.by);
  const own = recall.read('principal', context.by)?.definition.limits.pending_tickets ?? 0;
  return pending >= own || pending_in_cell >= TICKETS_MAX;
}

/** The shortest deadline of the rules that ask, the default otherwise. */
function ticketLife(reasons: readonly Reason[]): number {
  const deadlines = reasons
    .filter((reason) => reason.verdict === 'ESCALATE' && reason.lifted === null)
    .map((reason) =>
      (reason.lift?.deadline_s ?? null) === null ? TICKET_LIFE_MS : (reason.lift?.deadline_s ?? 0) * 1000,
    );
  return Math.min(TICKET_LIFE_MS, ...deadlines);
}

/** What a person is asked to lift: each rule's code once, with the strongest proof and quorum it wants. */
export function residualOf(hash: TextHash, reasons: readonly Reason[]): readonly TicketLift[] {
  const lifts = new Map<string, TicketLift>();
  for (const reason of reasons) {
    const { verdict, lifted, lift, code } = reason;
    if (verdict !== 'ESCALATE' || lifted !== null || lift === null) continue;
    const rule = ruleDigest(hash, reason);
    const key = `${code} ${rule ?? ''}`;
    const before = lifts.get(key);
    const needs = before !== undefined && before.needs > lift.needs ? before.needs : lift.needs;
    lifts.set(key, { code, needs, quorum: Math.max(before?.quorum ?? 1, lift.quorum), rule });
  }
  return [...lifts].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, lift]) => lift);
}

/** What a ticket says is asked: codes, each once, as rules have no place in an answer. */
export function codesOf(lifts: readonly TicketLift[]): readonly Code[] {
  return [...new Set(lifts.map((lift) => lift.code))];
}

/** Tool and policy as they were, blinded by the head's salt. */
export function blindDefinitions(
  { library, salts }: { readonly library: Library; readonly salts: Salts },
  readSet: readonly AnyRecalled[],
): { readonly tool: Digest | null; readonly policy: Digest | null } {
  const tool = readSet.find((item) => item.kind === 'tool')?.value ?? null;
  const policy = readSet.find((item) => item.kind === 'policy')?.value ?? null;
  return {
    tool: tool === null ? null : blindReference(library.hash, salts.head, 'tool', tool.definition),
    policy: policy === null ? null : blindReference(library.hash, salts.head, 'policy', policy.policy),
  };
}

/** What is refused again is not recorded again; what was only observed is no answer to what is enforced. */
export function foldOf({ by, same, wall }: Pick<Context, 'by' | 'same' | 'wall'>, code: string): string {
  const key = `${by}/${same}/${code}`;
  return wall === 0 ? `${key}/observed` : key;
}

/** Members in RFC 8785 order: this is printed as it is. */
export function decisionPart(
  context: Context,
  judged: Judged,
  verdict: Verdict,
  code: Code,
  opens: DecisionPart['opens'],
): DecisionPart {
  const { by, idempotency, root, same, session, shape, tool, touched } = context;
  const permitted = verdict === 'ALLOW';
  return {
    by,
    effects: permitted ? judged.understanding.effects : [],
    fold: verdict === 'BLOCK' ? foldOf(context, code) : null,
    idempotency: idempotency === null ? null : { body: idempotency.body, key: idempotency.key },
    opens,
    reserved: permitted && context.wall > 0 ? context.costs : [],
    root,
    same,
    session,
    shape,
    tool: permitted ? tool : null,
    touched: permitted ? touched : [],
  };
}

function ticketView(composition: Composition, escalation: Escalation, sealed: string): TicketView | null {
  const { ticket, opens } = escalation;
  if (ticket === null) return null;
  const lifts = codesOf(residualOf(composition.library.hash, composition.judgement.reasons));
  if (opens === null)
    return { id: ticket, action: composition.context.id, binding: null, expires_at: null, lifts };
  // What people will answer to is the sealed part itself.
  const part = makePart(composition.salts.sealed, sealed);
  const binding = commitPart(composition.library.hash, 'sealed', part);
  return { id: ticket, action: composition.context.id, binding, expires_at: opens.expires_at, lifts };
}

export function answerOf(
  judgement: Judgement,
  settled: {
    readonly verdict: Verdict;
    readonly code: Code;
    readonly index: number;
    readonly expires_at: number | null;
    readonly ticket: TicketView | null;
    readonly context: Context;
  },
): JudgedAnswer {
  const { verdict, code, index, expires_at, ticket, context } = settled;
  return {
    kind: 'judged',
    index,
    id: context.id,
    verdict,
    code,
    reasons: judgement.reasons,
    gates: judgement.gates,
    obligations: verdict === 'ALLOW' ? judgement.obligations : [],
    expires_at: verdict === 'ALLOW' ? expires_at : null,
    ticket,
  };
}
