import type { Action, Scene, Understanding } from '@writ/contract';
import type { Said } from '@writ/understand';
import { printJson } from '@writ/proof';
import type { Engine } from '../engine/load-engine.ts';
import type { KnownTool } from '../intake/known-tool.ts';
import type { ProposalText, ToldText } from './protocol.ts';

/** Reads one proposal and says what it means: what a thread for understanding does, and nothing else. */
export type ReadProposal = (text: ProposalText, tool: KnownTool | null) => Omit<ToldText, 'took_ms'>;

export function readProposalBy({ functions }: Pick<Engine, 'functions'>): ReadProposal {
  return ({ input, scene, given }, tool) => {
    // The cell itself printed these: see intake/print-proposal.ts.
    const { said, ...action } = JSON.parse(input) as Action & {
      readonly said: Omit<Declared, 'kind'> | null;
    };
    const { tokens, check, understanding } = functions.understandProposal({
      tool,
      action,
      scene: JSON.parse(scene) as Scene | null, // see above
      said: saidBy(said, given),
    });
    return {
      tokens: tokens === null ? null : printJson(tokens),
      check,
      understanding: printJson(understanding),
    };
  };
}

type Declared = Extract<Said, { readonly kind: 'declared' }>;

function saidBy(said: Omit<Declared, 'kind'> | null, given: string | null): Said {
  if (given !== null) {
    const understanding = JSON.parse(given) as Understanding; // see above
    return { kind: 'given', understanding };
  }
  return { kind: 'declared', declared: said?.declared ?? null, protected: said?.protected ?? [] };
}
