/** Beyond one of these a shell text is opaque: it is not read in part. */
export const SHELL_LIMITS = {
  /** Longer than any command that a person would want to look at. */
  units_max: 32_768,
  /** Signs that part words, before the parser sees the text; its time grows with them. */
  tokens_max: 20_000,
  /** Brackets, quotes and keywords that open within one another, and texts that are read within texts. */
  depth_max: 64,
  /** The parser's time grows with their square. */
  here_documents_max: 64,
  /**
   * Programs, files that are opened, and texts within texts, each time that a loop or a function is walked
   * through: what takes time.
   */
  runs_max: 512,
  /** Operators in one expression of numbers: they stand within one another. */
  operators_max: 256,
  /** All words of all programs. */
  words_max: 2_048,
  /** What is noted of variables and functions, each time that a branch takes it along. */
  copied_max: 100_000,
  /** Commands of all kinds that are walked through, also those that run nothing. */
  steps_max: 20_000,
  /** All text that expansion makes, in UTF-16 units. */
  expanded_units_max: 65_536,
  /** Words that a list in braces becomes. */
  braces_max: 1_024,
  /** Rounds of a loop over known words that are walked through one by one. */
  rounds_max: 64,
  /** Functions that call one another, and shell texts within shell texts. */
  calls_max: 16,
} as const;
