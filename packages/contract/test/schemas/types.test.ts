import type { Static } from 'typebox';
import { describe, expect, it } from 'vitest';
import type { Head, JsonValue, RecordKind } from '@writ/proof';
import type {
  Action,
  Answer,
  Command,
  Declared,
  Dependency,
  FreezeScope,
  GateReport,
  Judged,
  Obligation,
  PrincipalDefinition,
  Reason,
  Scene,
  SceneObservation,
  Stamp,
  TicketView,
  ToolDefinition,
  Understanding,
} from '../../src/index.ts';
import type { DeclaredSchema } from '../../src/api/action-operations.ts';
import type { TicketViewSchema } from '../../src/schemas/answer.ts';
import { SCHEMAS } from '../../src/schemas/check.ts';
import type { COMMAND_SCHEMAS } from '../../src/schemas/command.ts';
import type { FreezeScopeSchema } from '../../src/schemas/govern-commands.ts';
import type { SceneObservationSchema } from '../../src/schemas/scene.ts';

/** Read-only or not is the one difference that schemas cannot say, so it is taken away before comparing. */
type Bare<Value> = [JsonValue] extends [Value]
  ? Value
  : Value extends string | number | boolean | null | undefined
    ? Value
    : string extends keyof Value
      ? Value
      : { -readonly [Member in keyof Value]: Bare<Value[Member]> };

/** True only when each type takes all values of the other. */
type Same<Left, Right> = [Bare<Left>] extends [Bare<Right>]
  ? [Bare<Right>] extends [Bare<Left>]
    ? true
    : false
  : false;

type S = typeof SCHEMAS;

// Each line fails to compile when a schema and its type part.
const PROVED: readonly true[] = [
  true satisfies Same<Static<S['Action']>, Action>,
  true satisfies Same<Static<S['Answer']>, Answer>,
  true satisfies Same<Static<S['Command']>, Command>,
  true satisfies Same<Static<typeof DeclaredSchema>, Declared>,
  true satisfies Same<Static<S['Dependency']>, Dependency>,
  true satisfies Same<Static<S['GateReport']>, GateReport>,
  true satisfies Same<Static<S['Judged']>, Judged>,
  true satisfies Same<Static<S['Obligation']>, Obligation>,
  true satisfies Same<Static<S['PrincipalDefinition']>, PrincipalDefinition>,
  true satisfies Same<Static<S['Reason']>, Reason>,
  true satisfies Same<Static<S['Scene']>, Scene>,
  true satisfies Same<Static<S['Stamp']>, Stamp>,
  true satisfies Same<Static<S['ToolDefinition']>, ToolDefinition>,
  true satisfies Same<Static<S['Understanding']>, Understanding>,
  true satisfies Same<Static<typeof TicketViewSchema>, TicketView>,
  true satisfies Same<Static<typeof FreezeScopeSchema>, FreezeScope>,
  true satisfies Same<Static<typeof SceneObservationSchema>, SceneObservation>,
  true satisfies Same<keyof typeof COMMAND_SCHEMAS, Command['kind']>,
  true satisfies Same<keyof S['heads'], RecordKind>,
  true satisfies Same<Static<S['heads'][RecordKind]>, Head>,
];

// The comparison itself: types that differ in a member, a literal or a null are told apart.
const TOLD_APART: readonly false[] = [
  false satisfies Same<{ a: string }, { a: string; b: string }>,
  false satisfies Same<{ a: 'x' }, { a: string }>,
  false satisfies Same<{ a: string }, { a: string | null }>,
  false satisfies Same<readonly { a: 1 }[], readonly { a: 1 | 2 }[]>,
];

describe('SCHEMAS', () => {
  it('SCHEMAS stands for the types of the contract when this file compiles', () => {
    expect(PROVED).toHaveLength(20);
    expect(TOLD_APART).toHaveLength(4);
    expect(Object.keys(SCHEMAS)).toContain('Command');
  });
});
