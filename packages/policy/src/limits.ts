/** Ten thousand rules as people write them: some three hundred bytes a rule, with its example. */
export const POLICY_BYTES_MAX = 4_194_304;
/** Deep enough for any example's arguments; the YAML composer recurses once a level. */
export const POLICY_DEPTH_MAX = 32;
/** What a house with a thousand tools writes at ten rules each; judging follows those that can match. */
export const RULES_MAX = 10_000;
/** Members of one mapping; rules have fewer than twenty, examples carry arguments. */
export const MEMBERS_MAX = 256;
/** Items of one list other than `rules`. */
export const ITEMS_MAX = 256;
/** YAML wants implicit keys to be short; canonical text has no others. */
export const KEY_LENGTH_MAX = 256;
/** All examples of a policy: each one is judged at load. */
export const EXAMPLES_MAX = 20_000;
/** Pairs of rule and tool: bounds the index. */
export const TOOL_PAIRS_MAX = 40_000;
/** Steps of all examples together, a step for each rule that is asked: loading ends within seconds. */
export const EXAMPLES_STEPS_MAX = 100_000_000;
/** More problems than this help nobody. */
export const PROBLEMS_MAX = 100;

/** Named lists of one text, and what may be in one of them when all packs have added to it. */
export const LIST_NAMES_MAX = 16;
export const LIST_ITEMS_MAX = 1_024;

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
/** Reasons that one judgment tells: an answer has room for 64, and other gates speak too. */
export const REASONS_MAX = 48;
/** Nesting of values that equality follows; arguments are at most this deep. */
export const VALUE_DEPTH_MAX = 64;
/** Text that `+` may build. */
export const TEXT_LENGTH_MAX = 65_536;

/** Windows of the past: a minute is the finest that is counted, a day the longest that is kept. */
export const HISTORY_S_MIN = 60;
export const HISTORY_S_MAX = 86_400;
/** Each answer that a judgment asks for is sealed with it, some hundred bytes long. */
export const QUESTIONS_MAX = 128;
/** Looking through the slots of a day. */
export const HISTORY_STEPS = 64;
/** Lines of an example's past. */
export const PAST_MAX = 64;
/** What one policy stands on and what narrows it. */
export const PACKS_MAX = 32;
/** Kinds of evidence that one rule asks for. */
export const EVIDENCE_MAX = 16;
