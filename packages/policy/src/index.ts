export {
  diffPolicies,
  type PolicyDiff,
  type RuleChange,
  type VerdictChange,
} from './analysis/diff-policies.ts';
export { compareVerdicts, type Direction, joinDirections } from './analysis/direction.ts';
export { explainAction, type RuleExplained } from './analysis/explain-action.ts';
export { LINT_CODES, type LintFinding, lintPolicy } from './analysis/lint-policy.ts';
export { sayRule } from './analysis/say-rule.ts';
export { compileCondition, type Condition, type ConditionResult } from './condition/compile-condition.ts';
export type { FaultCode } from './condition/fault.ts';
export type { Words } from './condition/words.ts';
export { compilePolicy, PolicyUnchecked } from './decide/compile-policy.ts';
export type { RuleTrial } from './decide/explain.ts';
export type { CompiledPolicy, RuleReason, RuleVerdict } from './decide/rule-verdict.ts';
export type { ReasonClass, Verdict } from './decide/verdict.ts';
export type { View } from './decide/view.ts';
export type { PastAction } from './history/past-action.ts';
export {
  type History,
  NO_PAST,
  parseQuestion,
  printQuestion,
  type Question,
  taggedName,
} from './history/question.ts';
export { collectProblems, PROBLEM_CODES, type Problem, type ProblemCode, type Problems } from './problem.ts';
export { allRules } from './rules/all-rules.ts';
export { narrowPolicy } from './rules/narrow-policy.ts';
export { type ActionResult, parseAction } from './rules/parse-action.ts';
export { parsePolicy } from './rules/parse-policy.ts';
export { joinLists, listsOf } from './rules/policy-lists.ts';
export type {
  EffectFilter,
  Example,
  ExampleAction,
  Layer,
  Pack,
  Policy,
  PolicyResult,
  ProofOfPerson,
  Rule,
  Vocabulary,
} from './rules/policy.ts';
export { printPolicy } from './rules/print-policy.ts';
export {
  type Members,
  readList,
  readMatching,
  readMembers,
  readText,
  required,
  shown,
} from './rules/read-value.ts';
export { viewOfExample } from './rules/view-of-example.ts';
export { renderReason } from './rules/render-reason.ts';
export type { Located } from './text/located.ts';
export { readYaml } from './text/read-yaml.ts';
