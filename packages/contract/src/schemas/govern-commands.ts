import { Type } from 'typebox';
import { POLICY_SLICES } from '../command.ts';
import { PROOFS_OF_PERSON } from '../principals.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { PrincipalDefinitionSchema, ScopesSchema } from './principal.ts';
import {
  CLOSED,
  CountSchema,
  DigestSchema,
  EffectSchema,
  EffectsSchema,
  IdSchema,
  nullable,
  SealedTextSchema,
  TagSchema,
} from './values.ts';

export const BudgetDefinitionSchema = Type.Object(
  { unit: TagSchema, limit: CountSchema, window_ms: CountSchema },
  CLOSED,
);

export const FreezeScopeSchema = Type.Union([
  Type.Object({ scope: Type.Literal('all') }, CLOSED),
  Type.Object({ scope: Type.Literal('namespace'), ns: IdSchema }, CLOSED),
  Type.Object({ scope: Type.Literal('session'), ns: IdSchema, session: TagSchema }, CLOSED),
  Type.Object({ scope: Type.Literal('principal'), principal: IdSchema }, CLOSED),
  Type.Object({ scope: Type.Literal('effect'), ns: IdSchema, effect: EffectSchema }, CLOSED),
]);

/** Who governs in which namespace. */
const GOVERNED = { by: IdSchema, ns: IdSchema };

/** Commands by which people change what holds; one schema a kind. */
export const GOVERN_COMMAND_SCHEMAS = {
  register_namespace: Type.Object(
    {
      kind: Type.Literal('register_namespace'),
      id: IdSchema,
      ...GOVERNED,
      budgets: Type.Array(BudgetDefinitionSchema, { maxItems: SCHEMA_LIMITS.budgets_max }),
    },
    CLOSED,
  ),
  register_principal: Type.Object(
    {
      kind: Type.Literal('register_principal'),
      ...GOVERNED,
      principal: IdSchema,
      definition: PrincipalDefinitionSchema,
      sealed: SealedTextSchema,
    },
    CLOSED,
  ),
  disable_principal: Type.Object(
    { kind: Type.Literal('disable_principal'), ...GOVERNED, principal: IdSchema },
    CLOSED,
  ),
  register_credential: Type.Object(
    {
      kind: Type.Literal('register_credential'),
      id: IdSchema,
      ...GOVERNED,
      principal: IdSchema,
      digest: DigestSchema,
      scopes: ScopesSchema,
      expires_at: CountSchema,
    },
    CLOSED,
  ),
  end_credential: Type.Object(
    { kind: Type.Literal('end_credential'), ...GOVERNED, credential: IdSchema, at: CountSchema },
    CLOSED,
  ),
  register_tool: Type.Object(
    {
      kind: Type.Literal('register_tool'),
      id: IdSchema,
      ...GOVERNED,
      tool: TagSchema,
      definition: DigestSchema,
      effects: EffectsSchema,
      sealed: SealedTextSchema,
    },
    CLOSED,
  ),
  register_policy: Type.Object(
    {
      kind: Type.Literal('register_policy'),
      id: IdSchema,
      ...GOVERNED,
      policy: DigestSchema,
      slices: Type.Array(TagSchema, { minItems: POLICY_SLICES, maxItems: POLICY_SLICES }),
      names: Type.Optional(Type.Array(TagSchema, { maxItems: SCHEMA_LIMITS.policy_names_max })),
      sealed: SealedTextSchema,
    },
    CLOSED,
  ),
  freeze: Type.Object(
    { kind: Type.Literal('freeze'), id: IdSchema, by: IdSchema, scope: FreezeScopeSchema },
    CLOSED,
  ),
  thaw: Type.Object(
    {
      kind: Type.Literal('thaw'),
      id: IdSchema,
      by: IdSchema,
      scope: FreezeScopeSchema,
      proof_of_person: Type.Enum(PROOFS_OF_PERSON),
    },
    CLOSED,
  ),
  erase: Type.Object(
    {
      kind: Type.Literal('erase'),
      id: IdSchema,
      ...GOVERNED,
      subject: Type.Union([
        Type.Object({ kind: Type.Literal('namespace') }, CLOSED),
        Type.Object({ kind: Type.Literal('action'), index: CountSchema }, CLOSED),
      ]),
    },
    CLOSED,
  ),
  rotate_key: Type.Object(
    {
      kind: Type.Literal('rotate_key'),
      id: IdSchema,
      by: IdSchema,
      key: DigestSchema,
      change: Type.Enum(['add', 'retire']),
      purpose: Type.Enum(['checkpoint', 'jwt', 'bundle']),
    },
    CLOSED,
  ),
  genesis: Type.Object(
    {
      kind: Type.Literal('genesis'),
      id: IdSchema,
      ns: IdSchema,
      origin: Type.String({ minLength: 1, maxLength: SCHEMA_LIMITS.origin_characters_max }),
      reason: Type.Enum(['new', 'restore', 'recover', 'compromise', 'format']),
      predecessor: nullable(
        Type.Object({ origin: DigestSchema, root: DigestSchema, size: CountSchema }, CLOSED),
      ),
      keys: Type.Array(DigestSchema, { minItems: 1, maxItems: SCHEMA_LIMITS.keys_max }),
      engine: DigestSchema,
      state_digest: nullable(DigestSchema),
      operator: Type.Object({ id: IdSchema, definition: PrincipalDefinitionSchema }, CLOSED),
    },
    CLOSED,
  ),
};
