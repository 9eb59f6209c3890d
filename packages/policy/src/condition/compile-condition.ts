import type { Question } from '../history/question.ts';
import { CONDITION_LENGTH_MAX } from '../limits.ts';
import type { ProblemCode } from '../problem.ts';
import { isHistoryCall, questionOf } from './check-history.ts';
import { checkTree } from './check-tree.ts';
import { compileTree } from './compile-tree.ts';
import { listsIn, withLists } from './lists.ts';
import { childrenOf, type Node } from './node.ts';
import { parseTree } from './parse-tree.ts';
import { Refusal } from './refusal.ts';
import type { Run } from './run.ts';
import { NO_WORDS, type Words } from './words.ts';

export type Condition = (run: Run) => boolean;

export type ConditionResult =
  | {
      readonly kind: 'condition';
      readonly condition: Condition;
      readonly tree: Node;
      /** What it asks of the past. */
      readonly questions: readonly Question[];
      /** The lists that it reads. */
      readonly lists: readonly string[];
    }
  | ConditionRefused;

export type ConditionRefused = {
  readonly kind: 'refused';
  readonly code: ProblemCode;
  /** Offset in the condition's text. */
  readonly at: number;
  readonly message: string;
};

/** CEL text → a closed, typed, guarded condition, or why not. */
export function compileCondition(text: string, words: Words = NO_WORDS): ConditionResult {
  if (text.length > CONDITION_LENGTH_MAX) {
    const message = `a condition has at most ${CONDITION_LENGTH_MAX} characters`;
    return { kind: 'refused', code: 'CEL_TOO_LARGE', at: 0, message };
  }
  try {
    const tree = parseTree(text);
    // A policy loads again where its tools are not known: what they declare can only refuse more.
    const { args, ...others } = words;
    checkTree(tree, others);
    if (args !== undefined) checkTree(tree, words);
    const lists = listsIn(tree);
    const filled = lists.length === 0 ? tree : withLists(tree, words.lists ?? new Map());
    const condition = compileTree(filled);
    return { kind: 'condition', condition, tree: filled, questions: questionsIn(tree), lists };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', code: error.code, at: error.at, message: error.message };
  }
}

function questionsIn(node: Node): readonly Question[] {
  if (node.kind === 'call' && isHistoryCall(node)) return [questionOf(node, NO_WORDS).question];
  return childrenOf(node).flatMap(questionsIn);
}
