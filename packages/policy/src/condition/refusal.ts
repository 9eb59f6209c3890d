import type { ProblemCode } from '../problem.ts';

/** Thrown inside the condition's parser and checker only; parseCondition turns it into data. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly at: number;

  constructor(code: ProblemCode, at: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.at = at;
  }
}
