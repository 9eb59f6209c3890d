import type { Declared } from '@writ/contract';
import { understandAction } from '@writ/understand';
import type { KnownTool } from './known-tool.ts';
import type { Proposing, UnderstoodProposal } from './prepare-proposal.ts';

/** An action of a caller that is not believed: what it declares can only make it stricter. */
export type ProposalToUnderstand = Proposing & { readonly declared: Declared | null };

/** The proposal with what it means, as the cell understands it. A function of its arguments alone. */
export function understandProposal(
  tool: KnownTool | null,
  proposal: ProposalToUnderstand,
  ownPlaces: readonly string[],
): UnderstoodProposal {
  const { action, declared, scene } = proposal;
  const definition = tool?.definition ?? null;
  const understanding = understandAction({ tool: definition, action, scene, declared, protected: ownPlaces });
  return { ...proposal, understanding };
}
