import type { Checked } from '../schemas/check.ts';
import { compile, type Find } from '../schemas/compile.ts';
import type { AnswerOf } from './check.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS, type OperationId } from './operations.ts';
import { type Problem, ProblemSchema } from './values.ts';

const ANSWERS: ReadonlyMap<string, Find> = new Map(
  Object.entries(OPERATIONS).map(([id, { answer }]: readonly [string, Operation]) => [
    id,
    compile(answer.schema),
  ]),
);
const PROBLEM: Find = compile(ProblemSchema);

/** What a client asks of an answer before it reads it: that it is of the form that the operation declares. */
export function checkAnswerOf<Id extends OperationId>(id: Id, value: unknown): Checked<AnswerOf<Id>> {
  const where = ANSWERS.get(id)?.(value) ?? null;
  if (where !== null || !ANSWERS.has(id)) return invalid(where ?? '');
  // The schema's static type is what it checks.
  return { kind: 'valid', value: value as AnswerOf<Id> };
}

export function checkProblem(value: unknown): Checked<Problem> {
  const where = PROBLEM(value);
  // The schema's static type is what it checks.
  return where === null ? { kind: 'valid', value: value as Problem } : invalid(where);
}

function invalid(where: string): Extract<Checked<never>, { readonly kind: 'invalid' }> {
  return { kind: 'invalid', refusal: { code: 'MALFORMED', where } };
}
