import { Type } from 'typebox';
import { FINDING_CODES, RESOURCE_KINDS, REVERSIBILITIES, UNDERSTANDING_LIMITS } from '../understanding.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { CLOSED, CountSchema, EffectsSchema, MillionthsSchema, WordSchema } from './values.ts';

export const ResourceSchema = Type.Object(
  {
    kind: Type.Enum(RESOURCE_KINDS),
    name: Type.String({ minLength: 1, maxLength: SCHEMA_LIMITS.name_characters_max }),
  },
  CLOSED,
);

export const FindingSchema = Type.Object(
  {
    code: Type.Enum(FINDING_CODES),
    where: Type.String({ maxLength: SCHEMA_LIMITS.where_characters_max }),
  },
  CLOSED,
);

export const CostSchema = Type.Object({ unit: WordSchema, amount: CountSchema }, CLOSED);

export const UnderstandingSchema = Type.Object(
  {
    effects: EffectsSchema,
    resources: Type.Array(ResourceSchema, { maxItems: UNDERSTANDING_LIMITS.resources_max }),
    findings: Type.Array(FindingSchema, { maxItems: UNDERSTANDING_LIMITS.findings_max }),
    reversibility: Type.Enum(REVERSIBILITIES),
    risk: MillionthsSchema,
    costs: Type.Array(CostSchema, { maxItems: UNDERSTANDING_LIMITS.costs_max }),
  },
  CLOSED,
);
