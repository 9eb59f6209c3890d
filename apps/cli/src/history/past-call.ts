import type { JsonObject } from '@writ/contract';
import type { JsonValue } from '@writ/proof';
import type { Place } from '../program/command.ts';

/** One call that an agent made, as its transcript has it. */
export type PastCall = {
  /** The agent's own name of this one call: what stands in two transcripts was made once. */
  readonly use: string;
  readonly session: string;
  /** Where the session began, and where it was by then. */
  readonly project: string;
  readonly directory: string;
  readonly at_ms: number;
  /** In the words of the agent. */
  readonly tool: string;
  readonly input: JsonObject;
};

/** One transcript, line by line. */
export type LineReader = {
  /** The calls in a line; of one that has none, or that is none of this agent's, nothing. */
  read(line: JsonValue): readonly PastCall[];
  /** The calls that the person at the keyboard refused, by the agent's name of them. */
  refused(): ReadonlySet<string>;
};

/** How the transcripts of one agent are found and read: one file under `readers` for each. */
export type TranscriptReader = {
  readonly agent: string;
  folder(place: Place): string;
  /** The end of the names of its files. */
  readonly suffix: string;
  open(): LineReader;
};
