import type { TSchema } from 'typebox';
import { Check, Errors } from 'typebox/schema';
import type { Action } from '../action.ts';
import type { Answer } from '../answer.ts';
import type { Command, PrincipalDefinition } from '../command.ts';
import type { Judged } from '../judged.ts';
import type { Scene } from '../scene.ts';
import type { ToolDefinition } from '../tool.ts';
import type { Code } from '../codes.ts';
import { ActionSchema } from './action.ts';
import { ANSWER_SCHEMAS, AnswerSchema } from './answer.ts';
import { StampSchema } from './cell-commands.ts';
import { COMMAND_SCHEMAS, CommandSchema } from './command.ts';
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

/** `where` is a JSON pointer made of declared member names and positions; it repeats nothing from outside. */
export type Invalid = { readonly code: Code; readonly where: string };
export type Checked<Value> =
  | { readonly kind: 'valid'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly refusal: Invalid };

/**
 * The schema is interpreted: a compiled validator is code made from text, which no package may have (the bare
 * context of the purity test refuses it). Applications may compile the same schemas for their doors.
 */
function check<Value>(schema: TSchema, value: unknown, code: Code): Checked<Value> {
  // The schema's static type is Value: a type-level test proves it for each schema that is used here.
  if (Check(schema, value)) return { kind: 'valid', value: value as Value };
  return { kind: 'invalid', refusal: { code, where: firstError(schema, value) } };
}

function firstError(schema: TSchema, value: unknown): string {
  const [, errors] = Errors(schema, value);
  return declaredPart(schema, errors[0]?.instancePath ?? '');
}

const POSITION = /^\d{1,5}$/;

/**
 * The path as far as the schema declares it. It ends before a member of nobody, whose name is foreign, and
 * where a value may have several forms: which of them it was meant to have is a guess.
 */
function declaredPart(schema: TSchema, path: string): string {
  let node: unknown = schema;
  let declared = '';
  for (const step of path.split('/').slice(1)) {
    const properties = keywordOf(node, 'properties');
    node = POSITION.test(step) ? keywordOf(node, 'items') : keywordOf(properties, step);
    if (node === undefined) break;
    declared += `/${step}`;
  }
  return declared;
}

function keywordOf(node: unknown, name: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return undefined;
  // An object with a member of this name.
  return (node as { readonly [keyword: string]: unknown })[name];
}

/** A schema for each kind: only the one that the value names is tried, so an error is of that kind. */
function checkByKind<Value>(
  schemas: Readonly<Record<string, TSchema>>,
  value: unknown,
  code: Code,
): Checked<Value> {
  const kind = kindOf(value);
  const schema = kind !== undefined && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
  if (schema === undefined) return { kind: 'invalid', refusal: { code, where: '/kind' } };
  return check(schema, value, code);
}

function kindOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'kind')) return undefined;
  // An object with a member of this name: what it holds is asked next.
  const { kind } = value as { readonly kind: unknown };
  return typeof kind === 'string' ? kind : undefined;
}

export function checkCommand(value: unknown): Checked<Command> {
  return checkByKind(COMMAND_SCHEMAS, value, 'INVALID_COMMAND');
}

export function checkAnswer(value: unknown): Checked<Answer> {
  return checkByKind(ANSWER_SCHEMAS, value, 'INTERNAL');
}

export function checkAction(value: unknown): Checked<Action> {
  return check(ActionSchema, value, 'MALFORMED');
}

export function checkScene(value: unknown): Checked<Scene> {
  return check(SceneSchema, value, 'MALFORMED');
}

export function checkJudged(value: unknown): Checked<Judged> {
  return check(JudgedSchema, value, 'INVALID_COMMAND');
}

export function checkPrincipalDefinition(value: unknown): Checked<PrincipalDefinition> {
  return check(PrincipalDefinitionSchema, value, 'INVALID_COMMAND');
}

export function checkToolDefinition(value: unknown): Checked<ToolDefinition> {
  return check(ToolDefinitionSchema, value, 'INVALID_COMMAND');
}
