import { atLeast, PROOFS_OF_PERSON, type ProofOfPerson, type Reason } from '@writ/contract';
import type { Digest, TextHash } from '@writ/proof';
import type { GateInput } from '../gates/gate.ts';
import type { RecallValues } from '../recall/recall.ts';

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

/** How a ticket names the rule behind a reason: many rules share a code, and people answered for some of them. */
export function ruleDigest(hash: TextHash, { rule }: Reason): Digest | null {
  return rule === null ? null : hash(`writ/rule/v1\n${rule}`);
}

type TicketValue = NonNullable<RecallValues['ticket']>;

function lifts(ticket: TicketValue, reason: Reason, hash: TextHash): boolean {
  if (reason.class !== 'liftable' || reason.lift === null || reason.verdict === 'BLOCK') return false;
  const rule = ruleDigest(hash, reason);
  if (!ticket.lifts.some((lift) => lift.code === reason.code && lift.rule === rule)) return false;
  const { needs, quorum } = reason.lift;
  const people = ticket.approvals.filter(
    ({ proof_of_person: proof }) => isProof(proof) && atLeast(proof, needs),
  );
  return new Set(people.map((approval) => approval.by)).size >= quorum;
}

function isProof(text: string): text is ProofOfPerson {
  return PROOFS_OF_PERSON.some((proof) => proof === text);
}
