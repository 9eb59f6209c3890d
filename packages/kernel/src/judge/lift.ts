import { atLeast, PROOFS_OF_PERSON, type ProofOfPerson, type Reason } from '@writ/contract';
import type { GateInput } from '../gates/gate.ts';
import type { RecallValues } from '../recall/recall.ts';

/**
 * Marks the reasons that an approved ticket lifts. It lifts only codes it names, only liftable reasons, and
 * only when enough distinct people answered with a strong enough proof for this very reason.
 */
export function liftReasons(input: GateInput, reasons: readonly Reason[]): readonly Reason[] {
  const { lifting } = input.context;
  if (lifting === null || reasons.length === 0) return reasons;
  const ticket = input.recall.read('ticket', lifting);
  if (ticket === null) return reasons;
  return reasons.map((reason) => (lifts(ticket, reason) ? { ...reason, lifted: lifting } : reason));
}

type TicketValue = NonNullable<RecallValues['ticket']>;

function lifts(ticket: TicketValue, reason: Reason): boolean {
  if (reason.class !== 'liftable' || reason.lift === null || reason.verdict === 'BLOCK') return false;
  if (!ticket.lifts.some((lift) => lift.code === reason.code)) return false;
  const { needs, quorum } = reason.lift;
  const people = ticket.approvals.filter(
    ({ proof_of_person: proof }) => isProof(proof) && atLeast(proof, needs),
  );
  return new Set(people.map((approval) => approval.by)).size >= quorum;
}

function isProof(text: string): text is ProofOfPerson {
  return PROOFS_OF_PERSON.some((proof) => proof === text);
}
