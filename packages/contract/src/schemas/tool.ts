import { Type } from 'typebox';
import { ToolNameSchema } from './action.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { CLOSED, EffectsSchema, JsonObjectSchema } from './values.ts';

export const ToolDefinitionSchema = Type.Object(
  {
    v: Type.Literal(1),
    name: ToolNameSchema,
    description: Type.String({ maxLength: SCHEMA_LIMITS.name_characters_max }),
    parameters: JsonObjectSchema,
    effects: EffectsSchema,
  },
  CLOSED,
);
