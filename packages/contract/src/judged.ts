import type { Claim, Evidence, JsonObject } from './action.ts';
import type { Scene } from './scene.ts';
import type { Understanding } from './understanding.ts';

/** How the arguments stood against the definition of the tool that was current when they were understood. */
export type ArgumentCheck = 'valid' | 'malformed' | 'undeclared';

/**
 * Everything about an action that gates and rules may read. Arguments carry typed tokens in place of personal
 * data and secrets. It is sealed with the decision, and judging again starts from its recorded text.
 */
export type Judged = {
  readonly tool: string;
  readonly tool_digest: string | null;
  readonly check: ArgumentCheck;
  readonly args: JsonObject;
  readonly scene: Scene | null;
  readonly understanding: Understanding;
  readonly claims: readonly Claim[];
  readonly evidence: readonly Evidence[];
};
