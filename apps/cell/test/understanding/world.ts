import type { JsonObject, ToolDefinition } from '@writ/contract';
import { type KnownTool, openTool } from '../../src/intake/known-tool.ts';
import { printProposal, textOf } from '../../src/intake/print-proposal.ts';
import { startThread } from '../../src/threads/start-thread.ts';
import type { StartThread } from '../../src/understanding/crew.ts';
import type { ToUnderstand } from '../../src/understanding/asked.ts';

export const BY = 'prn_00000000000000000000000001';
export const OTHER = 'prn_00000000000000000000000002';

const DEFINITION: ToolDefinition = {
  v: 1,
  name: 'exec.run',
  description: 'runs a program',
  parameters: {
    properties: { executable: { type: 'string' }, args: { type: 'array' }, do: { type: 'string' } },
  },
  effects: ['READ_REPO', 'WRITE_PATCH', 'DELETE', 'EXECUTE_CODE'],
};
export const TOOL: KnownTool = openTool(DEFINITION);

/** An action of a caller that is not believed. */
export function asked(args: JsonObject, by: string = BY, tool: KnownTool | null = TOOL): ToUnderstand {
  const proposal = {
    by,
    session: 'a session',
    action: { tool: 'exec.run', args, why: '', claims: [], evidence: [] },
    scene: null,
    declared: null,
    idempotency: null,
    claim: null,
    met_obligations: null,
  };
  return { by, text: textOf(printProposal(proposal, ['/home/x/.local/state/writ']), tool), tool };
}

/** Less memory than a cell gives, so that who eats it is done soon. */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** A real thread with extractors that misbehave when they are told to. */
export const startSlow: StartThread = (progress) =>
  startThread(new URL('slow-worker.ts', import.meta.url), { progress }, LIMITS);

export const steady_ms = (): number => performance.now();
