import { compileTree } from '../condition/compile-tree.ts';
import { Fault } from '../condition/fault.ts';
import type { Node } from '../condition/node.ts';
import { treeOf } from '../condition/lists.ts';
import { listsMember } from '../rules/policy-lists.ts';
import type { RuleTrial } from '../decide/explain.ts';
import type { CompiledPolicy } from '../decide/rule-verdict.ts';
import type { View } from '../decide/view.ts';
import { RULE_STEPS_MAX } from '../limits.ts';
import { sayNode } from './say-node.ts';

export type RuleExplained = RuleTrial & {
  /** Of a condition that is false: the first operand of its chain that is. */
  readonly because: string | null;
};

/** Every rule of the action's tool, and why it matched or did not. */
export function explainAction(policy: CompiledPolicy, view: View): readonly RuleExplained[] {
  return policy.explain(view).map((trial) => {
    const { lists, when } = trial.rule;
    const asked = trial.outcome === 'condition_false' && when !== undefined;
    return { ...trial, because: asked ? firstFalse(treeOf({ when, ...listsMember(lists) }), view) : null };
  });
}

function firstFalse(tree: Node, view: View): string {
  const operands = tree.kind === 'and' ? tree.operands : [tree];
  const found = operands.find((operand) => !holds(operand, view));
  return sayNode(found ?? tree);
}

function holds(operand: Node, view: View): boolean {
  try {
    return compileTree(operand)({ view, steps: 0, limit: RULE_STEPS_MAX, locals: [] });
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
