import type { JsonObject, Scene } from '@writ/contract';
import type { CommitBody } from '@writ/contract/api';
import { type Id, SKEW_MS } from '@writ/proof';
import { ClientFailure } from '../failure.ts';
import { type ActionContext, checkLive, floorOf, orRefusal, plain, refuseProven } from './context.ts';
import { judgeSpent, openWrit } from './judge-spent.ts';
import type { Refusal } from './verdict.ts';

export type Spend = {
  /** The tool by its name, whose digest this client was opened with. */
  readonly tool: string;
  readonly args: JsonObject;
  /**
   * Ours, fresh for each run: the same one gets the same receipt, so a lost answer can be asked for again.
   */
  readonly attempt: string;
  readonly target?: string | null;
  /** What the executor observes now; whatever differs from the decision's scene is STATE_DRIFT. */
  readonly scene?: Scene | null;
};

export type Committed =
  | {
      readonly verdict: 'SPENT';
      readonly id: Id;
      /** The text of the spend receipt (spec/10-spend-receipt.md). */
      readonly receipt: string;
      readonly obligations: readonly string[];
      readonly expires_at: number;
    }
  | Refusal;

/** Spends a writ. Only a proven commit of this writ, by us, on these arguments, lets the action run. */
export async function commit(context: ActionContext, writ_text: string, spend: Spend): Promise<Committed> {
  return orRefusal(context, async () => {
    const { tool: name, attempt, args, target = null, scene = null } = plain({ ...spend });
    const floor = floorOf(context);
    const { wire, trust, origin, executor, now_ms } = context;
    const tool = context.tools.get(name);
    if (tool === undefined)
      throw new ClientFailure('TOOL_NOT_PINNED', 'the digest of this tool is not known');
    const writ = openWrit(writ_text, { origin, executor, tool, args }, trust, now_ms());
    const sent_at = context.attempted.hold(writ.id, attempt, writ.expires_at + SKEW_MS, now_ms());
    if (sent_at === null)
      throw new ClientFailure('ATTEMPT_DIFFERS', 'this writ is spent under another attempt');
    const body = { attempt, target, args, scene } as CommitBody; // a scene is what its schema says, read-only
    const called = await wire.call('commitAction', { path: { id: writ.id }, body });
    if (called.kind === 'problem') return refuseProven(context, 'commitAction', called.problem);
    const question = { origin, executor, tool, args, writ, target, sent_at };
    const believed = judgeSpent(called.value, question, trust, floor, now_ms());
    await context.standing.accept(believed.checkpoint);
    const { id, obligations, expires_at } = believed.head;
    checkLive(expires_at, now_ms());
    return { verdict: 'SPENT', id, receipt: believed.receipt, obligations, expires_at };
  });
}
