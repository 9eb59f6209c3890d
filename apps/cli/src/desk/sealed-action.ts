import { type JsonObject, type JsonValue, openPart, parseJson } from '@writ/proof';

/** The action as it was sealed with its decision, and the scene that it was judged in. */
export function openSealedAction(part: string): JsonObject | null {
  const sealed = openSealed(part);
  const input = objectOf(sealed?.['input']);
  if (input === null) return null;
  return { ...input, scene: objectOf(sealed?.['judged'])?.['scene'] ?? null };
}

export function openSealed(part: string): JsonObject | null {
  return objectOf(parseJson(new TextEncoder().encode(openPart(part).json)));
}

export function objectOf(value: JsonValue | undefined): JsonObject | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  // An object of JSON: arrays and null were just excluded, which the read-only array type hides.
  return isObject ? (value as JsonObject) : null;
}
