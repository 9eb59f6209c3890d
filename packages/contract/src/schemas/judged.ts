import { Type } from 'typebox';
import { ClaimsSchema, EvidenceListSchema, ToolNameSchema } from './action.ts';
import { SceneSchema } from './scene.ts';
import { UnderstandingSchema } from './understanding.ts';
import { CLOSED, ForeignDigestSchema, JsonObjectSchema, nullable } from './values.ts';

export const JudgedSchema = Type.Object(
  {
    tool: ToolNameSchema,
    tool_digest: nullable(ForeignDigestSchema),
    check: Type.Enum(['valid', 'malformed', 'undeclared']),
    args: JsonObjectSchema,
    scene: nullable(SceneSchema),
    understanding: UnderstandingSchema,
    claims: ClaimsSchema,
    evidence: EvidenceListSchema,
  },
  CLOSED,
);
