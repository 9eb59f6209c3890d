import { Type } from 'typebox';
import { ACTION_LIMITS } from '../action.ts';
import {
  CLOSED,
  ForeignDigestSchema,
  JsonObjectSchema,
  JsonValueSchema,
  MillionthsSchema,
  WordSchema,
} from './values.ts';

export const ClaimSchema = Type.Object(
  { fact: WordSchema, value: JsonValueSchema, confidence: MillionthsSchema },
  CLOSED,
);
export const EvidenceSchema = Type.Object({ kind: WordSchema, digest: ForeignDigestSchema }, CLOSED);

export const ClaimsSchema = Type.Array(ClaimSchema, { maxItems: ACTION_LIMITS.claims_max });
export const EvidenceListSchema = Type.Array(EvidenceSchema, { maxItems: ACTION_LIMITS.evidence_max });
export const ToolNameSchema = Type.String({ minLength: 1, maxLength: ACTION_LIMITS.tool_characters_max });

export const ActionSchema = Type.Object(
  {
    tool: ToolNameSchema,
    args: JsonObjectSchema,
    why: Type.String({ maxLength: ACTION_LIMITS.why_characters_max }),
    claims: ClaimsSchema,
    evidence: EvidenceListSchema,
  },
  CLOSED,
);
