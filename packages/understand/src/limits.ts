/** Beyond one of these an action is not read further: it keeps all effects of its tool and is `opaque`. */
export const UNDERSTAND_LIMITS = {
  /** All strings and member names together, in UTF-16 units; as detection reads them. */
  units_max: 262_144,
  /** The depth of every reader of the house. */
  depth_max: 64,
  /** Strings and member names: a command of this size is a list of data. */
  texts_max: 20_000,
  /** Words of one command line. */
  words_max: 4_096,
  /** Findings of the cell itself; the rest of an understanding's room is for what the caller declares. */
  findings_max: 128,
  /** Longer names of resources are none that a person could read. */
  name_units_max: 4_096,
} as const;
