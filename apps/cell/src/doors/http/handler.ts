import {
  type AnswerOf,
  type BodyOf,
  codeOf,
  type OperationId,
  problemOf,
  type QueryOf,
  statusOf,
  textOf,
  toWireAnswer,
  type View,
} from '@writ/contract/api';
import type { Answered } from '../../cell/cell.ts';
import type { Cell } from '../../cell/open-cell.ts';
import type { Caller } from './caller.ts';
import type { Metrics } from './metrics.ts';
import type { Reply } from './reply.ts';

/** What a handler works with. */
export type Asked<Id extends OperationId> = {
  readonly cell: Cell;
  readonly metrics: Metrics;
  readonly caller: Caller;
  readonly view: View;
  readonly parts: Readonly<Record<string, string>>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  readonly idempotency_key: string | null;
};

export type Handler<Id extends OperationId> = (asked: Asked<Id>) => Promise<Reply>;

export type Handlers<Id extends OperationId = OperationId> = { readonly [Name in Id]: Handler<Name> };

/** A value of the operation's own answer, on a log of so many records. */
export function valueOf<Id extends OperationId>(_: Id, value: AnswerOf<Id> & object, index: number): Reply {
  return { kind: 'value', status: 200, index, value };
}

/** Of what was refused nothing was made: only the action that was judged has an id. */
function partOfProblem({ id, nonce }: Members): { readonly id?: string; readonly nonce?: string } {
  return {
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof nonce === 'string' ? { nonce } : {}),
  };
}

type Members = { readonly [name: string]: unknown };

/**
 * An answer of the kernel as the wire says it: what is refused is a problem that holds the same members.
 * `members` are those of the operation's answer beside `answer` and `proven`.
 */
export function replyOf(
  asked: Pick<Asked<OperationId>, 'cell' | 'view'>,
  answered: Answered,
  members: Members = {},
): Reply {
  const { answer, proven } = answered;
  const { view, cell } = asked;
  const status = statusOf(answer);
  const index = proven === null ? cell.running.durableSize() : proven.index + 1;
  const value = { ...members, answer: toWireAnswer(answer, view), proven };
  if (status < 400) return { kind: 'value', status, index, value };
  const code = codeOf(answer);
  const problem = {
    ...problemOf(code, view, status),
    ...partOfProblem(members),
    answer: value.answer,
    proven,
    title: textOf(code, view),
  };
  return { kind: 'problem', index, problem };
}
