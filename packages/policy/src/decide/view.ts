import type { JsonValue } from '@writ/proof';
import type { History } from '../history/question.ts';

export type JsonMap = { readonly [key: string]: JsonValue };

/**
 * All that a rule can see of an action. Bounded data: what is not here cannot decide anything.
 * `risk` is an integer in millionths; `now_ms` is the recorded time of the command.
 */
export type View = {
  readonly tool: string;
  readonly args: JsonMap;
  readonly effects: readonly string[];
  readonly resources: readonly { readonly kind: string; readonly name: string }[];
  readonly findings: readonly string[];
  readonly reversibility: string;
  readonly risk: number;
  readonly scene: JsonMap;
  readonly principal: { readonly id: string; readonly kind: string; readonly wall: number };
  readonly session: JsonMap;
  readonly now_ms: number;
  readonly intent: JsonMap;
  /** Kinds of evidence that the action brings. */
  readonly evidence: readonly string[];
  /**
   * The past, asked by count, sum, distinct, formerly and since; its answers are recorded with the decision.
   */
  readonly history: History;
};
