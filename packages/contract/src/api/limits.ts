const KIBIBYTE = 1024;

/** Bounds of what the door takes; the bounds inside are those of the schemas. */
export const API_LIMITS = {
  /** An action seals 48 KB; written with escapes it may take more, and a scene comes with it. */
  action_bytes_max: 256 * KIBIBYTE,
  /** A batch of ordinary actions, a few KB each. */
  batch_bytes_max: 2 * 1024 * KIBIBYTE,
  batch_actions_max: 256,
  /**
   * Candidates of one dry run, and of one principal's root in a minute: who may ask without limit learns the
   * rules. An explanation tells more, and is read by somebody.
   */
  candidates_max: 64,
  candidates_per_minute_max: 600,
  explanations_per_minute_max: 60,
  /** Rules that an explanation tells of; those that matched are all among them. */
  explained_rules_max: 256,
  /** A result that is shown to a model: detection reads 256 Ki units of it (spec 23), and refuses more. */
  redaction_bytes_max: 1024 * KIBIBYTE,
  /** Forms of governing: definitions and lists of ids. */
  form_bytes_max: 128 * KIBIBYTE,
  policy_bytes_max: 4 * KIBIBYTE * KIBIBYTE,
  /** Rows of a list, and heads of a page of the log. */
  page_rows_max: 1_000,
  page_rows_default: 100,
  /** Labels that clients choose: sessions, attempts, names. */
  label_characters_max: 128,
  reason_characters_max: 4_096,
  /** A sealed part has 48 KB, and its salt. */
  sealed_characters_max: 64 * KIBIBYTE,
} as const;
