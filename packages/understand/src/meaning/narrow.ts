import { type ArgumentKind, type Effect, READ_ONLY_EFFECTS, type ToolDefinition } from '@writ/contract';
import type { Text } from '../arguments/texts.ts';
import type { PathUse } from '../programs/use-word.ts';

/** Effects that a tool has or has not by where it is pointed to. */
const BY_PLACE: ReadonlySet<Effect> = new Set<Effect>([
  'READ_REPO',
  'READ_CONFIG',
  'READ_SECRETS',
  'WRITE_OUTSIDE',
  'DESTROY_DATA',
  'PERSIST',
  'CONTROL_SYSTEM',
  'HIDE_TRACES',
  'CAPTURE',
]);
/** What is done to the files that the paths name, and to nothing else. */
export const TO_FILES: ReadonlySet<Effect> = new Set<Effect>(['WRITE_PATCH', 'DELETE', 'COMPUTE']);

/** Arguments that cannot point a tool elsewhere than its paths do. */
const UNMOVED: ReadonlySet<ArgumentKind> = new Set<ArgumentKind>(['path', 'pattern', 'content', 'text']);

/**
 * What a tool with this definition may do wherever its paths lead: known only where the definition says of
 * every argument what it is, and one of them is a path. Null where that is not so.
 */
export function effectsAnywhere(tool: ToolDefinition, texts: readonly Text[]): readonly Effect[] | null {
  if (tool.arguments === undefined) return null;
  const values = texts.filter(({ isName }) => !isName);
  if (!values.every(({ kind }) => kind !== null && UNMOVED.has(kind))) return null;
  if (!values.some(({ kind, text }) => kind === 'path' && text !== '')) return null;
  return tool.effects.filter((effect) => !BY_PLACE.has(effect));
}

/** What a tool does with a path that it is given, as far as its effects tell. */
export function usesOf(tool: ToolDefinition | null): readonly PathUse[] {
  if (tool === null) return ['read', 'alter'];
  const uses: PathUse[] = [];
  const { effects } = tool;
  if (effects.some((effect) => READ_ONLY_EFFECTS.has(effect) || effect === 'READ_SECRETS')) uses.push('read');
  if (effects.includes('WRITE_PATCH')) uses.push('alter');
  if (effects.includes('DELETE')) uses.push('lose');
  return uses.length === 0 ? ['list'] : uses;
}
