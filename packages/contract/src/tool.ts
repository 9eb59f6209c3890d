import type { JsonObject } from './action.ts';
import type { Effect } from './effects.ts';

/**
 * What an argument is, so that it can be understood. `content` is data that is written, `words` a command
 * line.
 */
export const ARGUMENT_KINDS = [
  'shell',
  'program',
  'words',
  'path',
  'pattern',
  'url',
  'host',
  'sql',
  'python',
  'javascript',
  'content',
  'text',
  'recipients',
  'money',
] as const;
export type ArgumentKind = (typeof ARGUMENT_KINDS)[number];

/**
 * A tool as its namespace declares it. Its digest is that of its canonical JSON; any change is another tool.
 */
export type ToolDefinition = {
  readonly v: 1;
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments; what it does not declare is refused. */
  readonly parameters: JsonObject;
  /** Of each argument, named by its members joined with `/` (`*` for each item): what it is. */
  readonly arguments?: Readonly<Record<string, ArgumentKind>>;
  /** The effects it can have at most. */
  readonly effects: readonly Effect[];
};
