import type { TSchema } from 'typebox';
import type { Action } from '../action.ts';
import type { Answer } from '../answer.ts';
import type { Command, PrincipalDefinition } from '../command.ts';
import type { Judged } from '../judged.ts';
import type { Scene } from '../scene.ts';
import type { ToolDefinition } from '../tool.ts';
import type { Understanding } from '../understanding.ts';
import type { Code } from '../codes.ts';
import { ActionSchema } from './action.ts';
import { ANSWER_SCHEMAS, AnswerSchema, DependencySchema } from './answer.ts';
import { StampSchema } from './cell-commands.ts';
import { COMMAND_SCHEMAS, CommandSchema } from './command.ts';
import { compile, type Find } from './compile.ts';
import { HEAD_SCHEMAS } from './head.ts';
import { JudgedSchema } from './judged.ts';
import { PrincipalDefinitionSchema } from './principal.ts';
import { GateReportSchema, ReasonSchema } from './reason.ts';
import { SceneSchema } from './scene.ts';
import { ToolDefinitionSchema } from './tool.ts';
import { UnderstandingSchema } from './understanding.ts';
import { ObligationSchema } from './values.ts';

/** Every schema of the wire by the name of its type: for doors, and for the description of the API. */
export const SCHEMAS = {
  Action: ActionSchema,
  Answer: AnswerSchema,
  Command: CommandSchema,
  Dependency: DependencySchema,
  GateReport: GateReportSchema,
  Judged: JudgedSchema,
  Obligation: ObligationSchema,
  PrincipalDefinition: PrincipalDefinitionSchema,
  Reason: ReasonSchema,
  Scene: SceneSchema,
  Stamp: StampSchema,
  ToolDefinition: ToolDefinitionSchema,
  Understanding: UnderstandingSchema,
  heads: HEAD_SCHEMAS,
};

/**
 * `where` is a JSON pointer made of declared member names and positions. It ends before a member that no
 * schema declares and where a value may have several forms; it repeats nothing from outside.
 */
export type Invalid = { readonly code: Code; readonly where: string };
export type Checked<Value> =
  | { readonly kind: 'valid'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly refusal: Invalid };

const COMMANDS = compileAll(COMMAND_SCHEMAS);
const ANSWERS = compileAll(ANSWER_SCHEMAS);
const ACTION = compile(ActionSchema);
const SCENE = compile(SceneSchema);
const JUDGED = compile(JudgedSchema);
const PRINCIPAL_DEFINITION = compile(PrincipalDefinitionSchema);
const TOOL_DEFINITION = compile(ToolDefinitionSchema);
const UNDERSTANDING = compile(UnderstandingSchema);

function compileAll(schemas: Readonly<Record<string, TSchema>>): ReadonlyMap<string, Find> {
  return new Map(Object.entries(schemas).map(([kind, schema]) => [kind, compile(schema)]));
}

function check<Value>(find: Find, value: unknown, code: Code): Checked<Value> {
  const where = find(value);
  if (where !== null) return { kind: 'invalid', refusal: { code, where } };
  // The schema's static type is Value: a type-level test proves it for each schema that is used here.
  return { kind: 'valid', value: value as Value };
}

/** A schema for each kind: only the one that the value names is tried, so a misfit is of that kind. */
function checkByKind<Value>(finds: ReadonlyMap<string, Find>, value: unknown, code: Code): Checked<Value> {
  const find = finds.get(kindOf(value) ?? '');
  if (find === undefined) return { kind: 'invalid', refusal: { code, where: '/kind' } };
  return check(find, value, code);
}

function kindOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'kind')) return undefined;
  // An object with a member of this name: what it holds is asked next.
  const { kind } = value as { readonly kind: unknown };
  return typeof kind === 'string' ? kind : undefined;
}

export function checkCommand(value: unknown): Checked<Command> {
  return checkByKind(COMMANDS, value, 'INVALID_COMMAND');
}

export function checkAnswer(value: unknown): Checked<Answer> {
  return checkByKind(ANSWERS, value, 'INTERNAL');
}

export function checkAction(value: unknown): Checked<Action> {
  return check(ACTION, value, 'MALFORMED');
}

export function checkScene(value: unknown): Checked<Scene> {
  return check(SCENE, value, 'MALFORMED');
}

export function checkJudged(value: unknown): Checked<Judged> {
  return check(JUDGED, value, 'INVALID_COMMAND');
}

export function checkPrincipalDefinition(value: unknown): Checked<PrincipalDefinition> {
  return check(PRINCIPAL_DEFINITION, value, 'INVALID_COMMAND');
}

export function checkToolDefinition(value: unknown): Checked<ToolDefinition> {
  return check(TOOL_DEFINITION, value, 'INVALID_COMMAND');
}

export function checkUnderstanding(value: unknown): Checked<Understanding> {
  return check(UNDERSTANDING, value, 'UNDERSTANDING_FAILED');
}
