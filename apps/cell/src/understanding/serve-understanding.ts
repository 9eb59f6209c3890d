import { performance } from 'node:perf_hooks';
import process from 'node:process';
import type { ToolDefinition } from '@writ/contract';
import { type KnownTool, openTool } from '../intake/known-tool.ts';
import { FollowerFailure } from '../threads/failure.ts';
import { serveThread } from '../threads/serve-thread.ts';
import type { ToldText, NumberedText, UnderstandingData, UnderstandingProtocol } from './protocol.ts';
import type { ReadProposal } from './read-proposal.ts';

/**
 * The serving side. The number of the proposal at hand stands in shared memory, so that who waits knows which
 * one it was when this thread ends or hangs.
 */
export function serveUnderstanding(open: (data: UnderstandingData) => Promise<ReadProposal>): void {
  serveThread<UnderstandingProtocol>((given) => {
    const data = given as UnderstandingData; // the pool alone starts such a thread
    const progress = new Int32Array(data.progress);
    const opening = open(data);
    // Met by the first who asks.
    opening.catch(() => {});
    const tools = new Map<string, KnownTool>();
    return {
      async understand({ tools: added, forget, proposals }) {
        const read = await opening;
        if (forget) tools.clear();
        for (const text of added) {
          const tool = openTool(JSON.parse(text) as ToolDefinition); // the cell printed it of one
          tools.set(tool.digest, tool);
        }
        const [begun, used] = [performance.now(), process.threadCpuUsage()];
        const told = proposals.map((proposal) => readOne(read, tools, proposal, progress));
        Atomics.store(progress, 0, 0);
        const { user, system } = process.threadCpuUsage(used);
        // What neighbours took of the clock is nobody's fault here.
        const share = Math.min(1, (user + system) / 1_000 / (performance.now() - begun));
        return told.map((one) => ({ ...one, took_ms: one.took_ms * share }));
      },
    };
  });
}

/** Whatever is thrown ends this thread, and leaves the number where it is; its words may be foreign. */
function readOne(
  read: ReadProposal,
  tools: ReadonlyMap<string, KnownTool>,
  proposal: NumberedText,
  progress: Int32Array,
): ToldText {
  const { sequence, tool } = proposal;
  Atomics.store(progress, 0, sequence);
  const begun = performance.now();
  try {
    const told = read(proposal, tool === null ? null : toolIn(tools, tool));
    return { ...told, took_ms: performance.now() - begun };
  } catch {
    throw new FollowerFailure('FOLLOWER_FAILED', 'a proposal could not be read');
  }
}

/** Without its definition a tool would look undeclared, and that would be a verdict. */
function toolIn(tools: ReadonlyMap<string, KnownTool>, digest: string): KnownTool {
  const known = tools.get(digest);
  if (known !== undefined) return known;
  throw new FollowerFailure('FOLLOWER_FAILED', 'this thread was not given the tool');
}
