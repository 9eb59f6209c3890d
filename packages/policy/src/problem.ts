import { PROBLEMS_MAX } from './limits.ts';

/** Everything that can be wrong with a policy. The codes are stable; the messages are for people. */
export const PROBLEM_CODES = [
  // The text.
  'POLICY_TOO_LARGE',
  'POLICY_TOO_DEEP',
  'TEXT_INVALID',
  'YAML_SYNTAX',
  'YAML_ANCHOR',
  'YAML_ALIAS',
  'YAML_TAG',
  'YAML_DIRECTIVE',
  'YAML_DOCUMENTS',
  'YAML_DUPLICATE_KEY',
  'YAML_KEY',
  'YAML_NUMBER',
  // The shape.
  'MEMBER_UNKNOWN',
  'MEMBER_MISSING',
  'TYPE_WRONG',
  'VALUE_WRONG',
  'LIST_TOO_LONG',
  'LIST_EMPTY',
  'DUPLICATE_ITEM',
  'VERSION_UNKNOWN',
  'RULE_ID_DUPLICATE',
  'EFFECT_UNKNOWN',
  'OBLIGATION_UNKNOWN',
  'CODE_UNKNOWN',
  'MEMBER_NOT_APPLICABLE',
  // Packs.
  'PACK_UNKNOWN',
  'PACK_DUPLICATE',
  'PACK_LOOSENS',
  // The condition.
  'CEL_TOO_LARGE',
  'CEL_TOO_DEEP',
  'CEL_SYNTAX',
  'CEL_NAME_UNKNOWN',
  'CEL_FIELD_UNKNOWN',
  'CEL_FUNCTION_UNKNOWN',
  'CEL_TIME',
  'CEL_TYPE',
  'CEL_UNGUARDED',
  'CEL_PATTERN',
  'CEL_SHADOWED',
  'CEL_HISTORY',
  'CEL_WORD_UNKNOWN',
  'CEL_LOOSENS',
  // The examples.
  'EXAMPLE_MISSING',
  'EXAMPLE_FAILED',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** `line` and `column` count from 1. */
export type Problem = {
  readonly code: ProblemCode;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

export type Position = { readonly line: number; readonly column: number };

/** Collects problems while checking goes on, so that an author sees all of them at once. */
export type Problems = {
  readonly list: Problem[];
  readonly add: (code: ProblemCode, at: Position, message: string) => void;
};

export function collectProblems(): Problems {
  const list: Problem[] = [];
  return {
    list,
    add: (code, at, message) => {
      if (list.length < PROBLEMS_MAX) list.push({ code, line: at.line, column: at.column, message });
    },
  };
}
