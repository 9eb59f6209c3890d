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
  /** Commands that are found, each time that a loop or a function is walked through. */
  runs_max: 4_096,
  /** Commands of all kinds that are walked through, also those that run nothing. */
  steps_max: 20_000,
  /** Words of one command after expansion. */
  words_max: 4_096,
  /** All text that expansion makes, in UTF-16 units. */
  expanded_units_max: 262_144,
  /** Words that a list in braces becomes. */
  braces_max: 1_024,
  /** Rounds of a loop over known words that are walked through one by one. */
  rounds_max: 64,
  /** Functions that call one another, and shell texts within shell texts. */
  calls_max: 16,
} as const;
