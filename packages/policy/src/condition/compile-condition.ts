import { CONDITION_LENGTH_MAX } from '../limits.ts';
import type { ProblemCode } from '../problem.ts';
import { checkTree } from './check-tree.ts';
import { compileTree } from './compile-tree.ts';
import { parseTree } from './parse-tree.ts';
import { Refusal } from './refusal.ts';
import type { Run } from './run.ts';

export type Condition = (run: Run) => boolean;

export type ConditionResult =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | {
      readonly kind: 'refused';
      readonly code: ProblemCode;
      /** Offset in the condition's text. */
      readonly at: number;
      readonly message: string;
    };

/** CEL text → a closed, typed, guarded condition, or why not. */
export function compileCondition(text: string): ConditionResult {
  if (text.length > CONDITION_LENGTH_MAX) {
    const message = `a condition has at most ${CONDITION_LENGTH_MAX} characters`;
    return { kind: 'refused', code: 'CEL_TOO_LARGE', at: 0, message };
  }
  try {
    const tree = parseTree(text);
    checkTree(tree);
    return { kind: 'condition', condition: compileTree(tree) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', code: error.code, at: error.at, message: error.message };
  }
}
