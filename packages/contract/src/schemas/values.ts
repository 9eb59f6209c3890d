import { Type, type TSchema } from 'typebox';
import type { JsonObject, JsonValue } from '@writ/proof';
import { CODES, type Code } from '../codes.ts';
import { EFFECTS } from '../effects.ts';
import { OBLIGATIONS } from '../obligations.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { isBoundedJson } from './json.ts';
import { PATTERNS } from './pattern.ts';

/** The forms of spec/06-records.md, as patterns that JSON Schema readers of any language can run. */
export const IdSchema = Type.String({ pattern: PATTERNS.id.source, maxLength: 33 });
export const DigestSchema = Type.String({ pattern: PATTERNS.digest.source, maxLength: 43 });
export const TagSchema = Type.String({ pattern: PATTERNS.tag.source, maxLength: 22 });

/** Integers of the wire: what every reader takes as the same number. */
export const CountSchema = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
/** Confidence and risk: an integer in millionths. */
export const MillionthsSchema = Type.Integer({ minimum: 0, maximum: 1_000_000 });

export const EffectSchema = Type.Enum(EFFECTS);
export const EffectsSchema = Type.Array(EffectSchema, { maxItems: EFFECTS.length, uniqueItems: true });
export const ObligationSchema = Type.Enum(OBLIGATIONS);
export const ObligationsSchema = Type.Array(ObligationSchema, {
  maxItems: OBLIGATIONS.length,
  uniqueItems: true,
});

/** Codes are listed in one place; `Object.keys` of it forgets that they are. */
export const CodeSchema = Type.Unsafe<Code>(Type.Enum(Object.keys(CODES)));

/** A word of ours or of an operator's: never empty. */
export const WordSchema = Type.String({ minLength: 1, maxLength: SCHEMA_LIMITS.word_characters_max });
export const ForeignDigestSchema = Type.String({
  minLength: 1,
  maxLength: SCHEMA_LIMITS.digest_characters_max,
});
export const SealedTextSchema = Type.String({ maxLength: SCHEMA_LIMITS.sealed_characters_max });

/** Free JSON, bounded in depth and count; a JSON Schema can say neither, so a refinement does. */
export const JsonValueSchema = Type.Refine(Type.Unsafe<JsonValue>({}), isBoundedJson, () => 'json');
export const JsonObjectSchema = Type.Refine(
  Type.Unsafe<JsonObject>({ type: 'object', maxProperties: SCHEMA_LIMITS.json_members_max }),
  isBoundedJson,
  () => 'json',
);

export function nullable<Schema extends TSchema>(schema: Schema): ReturnType<typeof orNull<Schema>> {
  return orNull(schema);
}

function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

/** An object with exactly these members. */
export const CLOSED = { additionalProperties: false } as const;
