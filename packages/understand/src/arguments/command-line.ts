import type { JsonObject, ToolDefinition } from '@writ/contract';
import type { JsonValue } from '@writ/proof';
import { UNDERSTAND_LIMITS } from '../limits.ts';

/** A program and its words, literally: no shell stands between, so nothing in them is expanded. */
export type CommandLine = { readonly executable: string; readonly words: readonly string[] };

/** The names by which a tool says that it runs exactly this program with exactly these words. */
const EXECUTABLE = 'executable';
const WORDS = 'args';

export function isCommandLineTool(tool: ToolDefinition): boolean {
  const declared = declaredNames(tool);
  return declared.has(EXECUTABLE) && declared.has(WORDS);
}

/** The names of a definition's own parameters. */
export function declaredNames({ parameters }: ToolDefinition): ReadonlySet<string> {
  const properties = parameters['properties'];
  const isObject = typeof properties === 'object' && properties !== null && !Array.isArray(properties);
  return new Set(isObject ? Object.keys(properties) : []);
}

/** Null where the arguments are no command line, or one that no program can be started with. */
export function readCommandLine(args: JsonObject): CommandLine | null {
  const executable = args[EXECUTABLE];
  const words = args[WORDS] ?? [];
  if (typeof executable !== 'string' || !isStartable(executable) || !isWords(words)) return null;
  return { executable, words };
}

/** A NUL ends a word for the system, but not for who read it. */
export function hasHiddenEnd({ words }: CommandLine): boolean {
  return words.some((word) => word.includes('\0'));
}

/** Another argument may change what the program does: where it runs, its environment, its input. */
export function hasOtherArguments(args: JsonObject): boolean {
  return Object.keys(args).some((name) => name !== EXECUTABLE && name !== WORDS);
}

function isWords(value: JsonValue): value is readonly string[] {
  if (!Array.isArray(value) || value.length > UNDERSTAND_LIMITS.words_max) return false;
  return value.every((word) => typeof word === 'string');
}

/** Names of programs hold no control characters; who needs one wants to be read as something else. */
function isStartable(executable: string): boolean {
  for (let at = 0; at < executable.length; at++) {
    const unit = executable.charCodeAt(at);
    if (unit < 0x20 || unit === 0x7f) return false;
  }
  return executable !== '';
}
