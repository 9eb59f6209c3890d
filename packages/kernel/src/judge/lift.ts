import { atLeast, type Reason } from '@writ/contract';
import type { Digest, TextHash } from '@writ/proof';
import type { GateInput } from '../gates/gate.ts';
import type { RecallValues } from '../recall/recall.ts';
import type { Approval, StandingLift } from '../state/state.ts';

/**
 * Marks the reasons that an approved ticket lifts. It lifts only what it names, only liftable reasons, and
 * only when enough distinct people answered with a strong enough proof for this very reason.
 */
export function liftReasons(input: GateInput, reasons: readonly Reason[]): readonly Reason[] {
  const { lifting } = input.context;
  if (lifting === null || reasons.length === 0) return reasons;
  const ticket = input.recall.read('ticket', lifting);
  if (ticket === null) return reasons;
  const { hash } = input.library;
  return reasons.map((reason) => (lifts(ticket, reason, hash) ? { ...reason, lifted: lifting } : reason));
}

/**
 * How a ticket names the rule behind a reason: many rules share a code, and people answered for some of them.
 */
export function ruleDigest(hash: TextHash, { rule }: Reason): Digest | null {
  return rule === null ? null : hash(`writ/rule/v1\n${rule}`);
}

type TicketValue = NonNullable<RecallValues['ticket']>;

function lifts(ticket: TicketValue, reason: Reason, hash: TextHash): boolean {
  if (reason.class !== 'liftable' || reason.lift === null || reason.verdict === 'BLOCK') return false;
  const rule = ruleDigest(hash, reason);
  const asked = ticket.lifts.find((lift) => lift.code === reason.code && lift.rule === rule);
  if (asked === undefined) return false;
  // What the reason wants now counts, not what it wanted when people were asked.
  const { needs, quorum } = reason.lift;
  return isAnswered({ needs, quorum, round: asked.round }, ticket.approvals);
}

/** Did enough different people answer, with a strong enough proof, to a round in which this was asked? */
export function isAnswered(
  { needs, quorum, round }: Pick<StandingLift, 'needs' | 'quorum' | 'round'>,
  approvals: readonly Approval[],
): boolean {
  const people = approvals.filter(
    (approval) => approval.round >= round && atLeast(approval.proof_of_person, needs),
  );
  return new Set(people.map((approval) => approval.by)).size >= quorum;
}
