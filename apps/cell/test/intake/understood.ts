import * as functions from '@writ/kernel/engine';
import type { KnownTool } from '../../src/intake/known-tool.ts';
import type { UnderstoodProposal } from '../../src/intake/prepare-proposal.ts';
import {
  printProposal,
  type Proposal,
  type ProposalToUnderstand,
  textOf,
} from '../../src/intake/print-proposal.ts';
import { bindTold } from '../../src/understanding/bind-told.ts';
import { readProposalBy } from '../../src/understanding/read-proposal.ts';

/** Printed and understood as a cell does it, without a thread between. */
export function understood(
  proposal: Proposal | ProposalToUnderstand,
  tool: KnownTool | null,
): UnderstoodProposal {
  const printed = printProposal(proposal, []);
  const text = textOf(printed, tool);
  const bound = bindTold(readProposalBy({ functions })(text, tool), text.input.length);
  if (bound === null) throw new Error('what was understood has another form');
  return { proposal, tool, printed, understood: bound };
}
