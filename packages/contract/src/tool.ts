import type { JsonObject } from './action.ts';
import type { Effect } from './effects.ts';

/**
 * A tool as its namespace declares it. Its digest is that of its canonical JSON; any change is another tool.
 */
export type ToolDefinition = {
  readonly v: 1;
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments; what it does not declare is refused. */
  readonly parameters: JsonObject;
  /** The effects it can have at most. */
  readonly effects: readonly Effect[];
};
