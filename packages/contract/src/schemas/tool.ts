import { Type } from 'typebox';
import { ToolNameSchema } from './action.ts';
import { ARGUMENT_KINDS, type ArgumentKind } from '../tool.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { CLOSED, EffectsSchema, JsonObjectSchema } from './values.ts';

/** Free names, each with a kind of the list: a refinement says so, as no keyword of closed objects can. */
const ArgumentKindsSchema = Type.Refine(
  Type.Unsafe<Readonly<Record<string, ArgumentKind>>>({
    type: 'object',
    maxProperties: SCHEMA_LIMITS.argument_kinds_max,
  }),
  isArgumentKinds,
  () => 'arguments',
);

function isArgumentKinds(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([name, kind]) => name !== '' && name.length <= SCHEMA_LIMITS.where_characters_max && KINDS.has(kind),
  );
}

const KINDS: ReadonlySet<unknown> = new Set(ARGUMENT_KINDS);

export const ToolDefinitionSchema = Type.Object(
  {
    v: Type.Literal(1),
    name: ToolNameSchema,
    description: Type.String({ maxLength: SCHEMA_LIMITS.name_characters_max }),
    parameters: JsonObjectSchema,
    arguments: Type.Optional(ArgumentKindsSchema),
    effects: EffectsSchema,
  },
  CLOSED,
);
