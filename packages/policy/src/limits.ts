/** A policy is written by people; a quarter of a megabyte is thousands of lines. */
export const POLICY_BYTES_MAX = 262_144;
/** Deep enough for any example's arguments; the YAML composer recurses once a level. */
export const POLICY_DEPTH_MAX = 32;
/** Every rule may be a candidate for every action. */
export const RULES_MAX = 1_000;
/** Members of one mapping; rules have fewer than twenty, examples carry arguments. */
export const MEMBERS_MAX = 256;
/** Items of one list other than `rules`. */
export const ITEMS_MAX = 256;
/** YAML wants implicit keys to be short; canonical text has no others. */
export const KEY_LENGTH_MAX = 256;
/** All examples of a policy: each one is judged at load. */
export const EXAMPLES_MAX = 4_000;
/** Pairs of rule and tool: bounds the index. */
export const TOOL_PAIRS_MAX = 16_000;
/** More problems than this help nobody. */
export const PROBLEMS_MAX = 100;

export const REASON_LENGTH_MAX = 200;
export const QUORUM_MAX = 16;
/** Thirty days: longer than any ticket should wait. */
export const DEADLINE_S_MAX = 2_592_000;

/** A condition longer than a page is not read by anyone. */
export const CONDITION_LENGTH_MAX = 4_096;
export const CONDITION_NODES_MAX = 500;
export const CONDITION_DEPTH_MAX = 32;
/** Loops inside loops multiply; two levels cost the square of the list. */
export const MACRO_NESTING_MAX = 2;
export const LIST_LITERAL_MAX = 256;
export const PATTERN_LENGTH_MAX = 512;
/** Counted repetitions unroll: `(x{100}){100}` is short and large. */
export const PATTERN_PROGRAM_MAX = 2_000;

/** Steps of one condition: a regular expression over a 256 KB argument must fit. */
export const RULE_STEPS_MAX = 500_000;
/** Steps of all enforcing rules of one judgment; shadow rules have an equal account of their own. */
export const JUDGE_STEPS_MAX = 1_000_000;
/** Nesting of values that equality follows; arguments are at most this deep. */
export const VALUE_DEPTH_MAX = 64;
/** Text that `+` may build. */
export const TEXT_LENGTH_MAX = 65_536;
