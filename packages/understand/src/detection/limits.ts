/** Lengths are UTF-16 code units: that is what a scanner steps over. */
export const DETECTION_LIMITS = {
  /** One string; the same bound as other foreign text. */
  text_units_max: 65_536,
  /** All strings and member names of one action together. */
  action_units_max: 262_144,
  /** The depth of every reader of the house. */
  depth_max: 64,
  /** Leaves, containers and members: an action of the size above has no honest use for more. */
  values_max: 20_000,
  /**
   * Different values of an action that get a token. Beyond it the action is a dump of data, and is refused.
   */
  tokens_max: 1_024,
  /** Entries in the list of findings; the tokens themselves go on beyond it. */
  findings_max: 64,
  /** A path in a finding is cut here. */
  where_units_max: 256,
  /** Encodings inside encodings. */
  layers_max: 3,
  /** How often what is tokenised is read again; the first time nearly always finds nothing. */
  rounds_max: 4,
  /** Shorter encoded runs hold nothing that is detected on its own. */
  encoded_units_min: 16,
  /** The shortest run that is looked at again after a value was found in its context. */
  echo_units_min: 6,
} as const;
