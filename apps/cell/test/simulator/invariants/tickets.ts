import { atLeast } from '@writ/contract';
import type { Rule } from '../log-model.ts';
import type { Checks } from '../violation.ts';

/**
 * An approved ticket gives one permission, and only when enough different people said yes to this binding.
 */
export function openTicketRule(checks: Checks): Rule {
  const released = new Set<string>();
  return ({ index, record: { head, state }, before }) => {
    if (head.kind === 'approval' || head.kind === 'denial') {
      const ticket = before.tickets.get(head.id);
      checks.check('people answer to what they saw', ticket?.binding === head.binding, () => `at ${index}`);
      // A release that asks anew begins a round, in which who answered before may answer again.
      const twice =
        'by' in state &&
        ticket?.approvals.some(({ by, round }) => by === state.by && round === ticket.round) === true;
      const again = head.kind === 'approval' && twice;
      checks.check('nobody approves twice in a round', !again, () => `${head.id} at ${index}`);
    }
    if (head.kind !== 'release' || head.verdict !== 'ALLOW' || head.ticket === null) return;
    const ticket = before.tickets.get(head.ticket);
    checks.check(
      'one release for one ticket',
      !released.has(head.ticket),
      () => `${head.ticket} at ${index}`,
    );
    released.add(head.ticket);
    const approvals = ticket?.approvals ?? [];
    const complete =
      ticket?.status === 'approved' &&
      ticket.lifts.every((lift) => {
        const strong = approvals.filter((given) => atLeast(given.proof_of_person, lift.needs));
        return new Set(strong.map((given) => given.by)).size >= lift.quorum;
      });
    checks.check('a release has its approvals', complete, () => `${head.ticket} at ${index}`);
  };
}
