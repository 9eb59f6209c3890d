import type { TickPart } from '../record/state-part.ts';
import type { State } from '../state/state.ts';
import { dropTicket } from './tickets.ts';
import { releaseWrit, settleCommitted } from './writs.ts';

export function applyTick(state: State, part: TickPart): void {
  for (const id of part.writs) releaseWrit(state, id);
  for (const id of part.settled) settleCommitted(state, id);
  for (const id of part.tickets) dropTicket(state, id);
}
