/** One proposal as it crosses threads: texts only, which cost little to copy and are what will be sealed. */
export type ProposalText = {
  /** Canonical JSON of the action, and of who says what it means: see `input` of a proposal's command. */
  readonly input: string;
  readonly scene: string;
  /** The digest of the tool's definition; null for a tool that nobody declared. */
  readonly tool: string | null;
  /** The meaning as a trusted caller gives it; null where the cell understands. */
  readonly given: string | null;
};

/** A number that names it while it is out: the thread writes it down before it begins. */
export type NumberedText = ProposalText & { readonly sequence: number };

/** What was made of one, as it comes back: checked before it is believed. */
export type ToldText = {
  /** Canonical JSON of the arguments with tokens; null where they stand as they were given. */
  readonly tokens: string | null;
  readonly check: string;
  readonly understanding: string;
  readonly took_ms: number;
};

export type UnderstandingProtocol = {
  readonly understand: {
    readonly ask: {
      /** Definitions that this thread was not given yet, as canonical JSON. */
      readonly tools: readonly string[];
      /** The thread lets go of all definitions that it was given before. */
      readonly forget: boolean;
      readonly proposals: readonly NumberedText[];
    };
    readonly answer: readonly ToldText[];
  };
};

export type UnderstandingData = {
  readonly engines: string;
  readonly engine: string;
  /** One 32-bit integer: the number of the proposal that the thread is at, 0 while it is at none. */
  readonly progress: SharedArrayBuffer;
};
