import { SEALED_PART_BYTES_MAX } from '@writ/proof';

/** Bounds of the wire that no type of the contract names itself. Lengths of strings are in code points. */
export const SCHEMA_LIMITS = {
  /** Canonical JSON text that ends in the sealed part can never be longer than that part. */
  sealed_characters_max: SEALED_PART_BYTES_MAX,
  /** Host, cell and log id: a DNS name, a word and 64 bits. */
  origin_characters_max: 320,
  /** A target is a URL or a name; browsers and proxies give up beyond this. */
  target_characters_max: 2_048,
  /** Digests of the host's things carry their algorithm as a prefix. */
  digest_characters_max: 128,
  /** Names of rules, escalation groups, units and kinds are words. */
  word_characters_max: 128,
  /** Arguments of one tool that say what they are. */
  argument_kinds_max: 64,
  /** JSON pointers into arguments. */
  where_characters_max: 512,
  /** Names of files, hosts and tables. */
  name_characters_max: 4_096,
  /** Kinds of evidence that one rule asks for. */
  evidence_kinds_max: 16,
  /** Names that the rules of one policy ask the past about. */
  policy_names_max: 128,
  /** Keys of a log at its birth: one for each purpose, and one spare. */
  keys_max: 4,
  /** Budgets of a namespace, as the kernel holds them. */
  budgets_max: 16,
  /** Digests of what a run produced; their list is sealed, and counted in the head. */
  produced_max: 256,
  /** Refusals that one tick counts up, so that its state part stays within 8 KB. */
  folded_max: 64,
  /** Gates, and reasons that one of them may give; an answer lists no more. */
  gates_max: 16,
  reasons_max: 64,
  /** Reasons that one ticket lifts. */
  lifts_max: 64,
  /** Things that a decision was pinned to and that have changed. */
  drift_max: 512,
  /** Salts stamped on one command: it never makes more records. */
  salts_max: 8,
  /** Free JSON in an action: as deep as every reader of the house goes … */
  json_depth_max: 64,
  /** … and no more values than an action of 48 KB can hold with any sense. */
  json_values_max: 20_000,
  json_members_max: 1_024,
} as const;
