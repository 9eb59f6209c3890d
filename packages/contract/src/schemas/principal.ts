import { Type } from 'typebox';
import { PRINCIPAL_KINDS, SCOPES, WALLS } from '../principals.ts';
import {
  CLOSED,
  CountSchema,
  DigestSchema,
  EffectsSchema,
  IdSchema,
  MillionthsSchema,
  nullable,
} from './values.ts';

export const LimitsSchema = Type.Object(
  { actions_per_minute: CountSchema, open_writs: CountSchema, pending_tickets: CountSchema },
  CLOSED,
);

export const ScopesSchema = Type.Array(Type.Enum(SCOPES), { maxItems: SCOPES.length, uniqueItems: true });

export const PrincipalDefinitionSchema = Type.Object(
  {
    kind: Type.Enum(PRINCIPAL_KINDS),
    scopes: ScopesSchema,
    effects: EffectsSchema,
    risk_cap: MillionthsSchema,
    wall: Type.Enum(WALLS),
    observes_until: Type.Optional(CountSchema),
    executor: nullable(IdSchema),
    root: nullable(IdSchema),
    cnf: nullable(DigestSchema),
    expires_at: nullable(CountSchema),
    limits: LimitsSchema,
  },
  CLOSED,
);
