import { checkAnswerOf, checkProblem, OPERATIONS, type OperationId, type Problem } from '@writ/contract/api';
import { decodeUtf8, Failure, parseJson } from '@writ/proof';
import { ClientFailure } from '../failure.ts';
import type { TransportAnswer } from '../ports.ts';
import type { Called, ValueOf } from './asking.ts';
import { WIRE_LIMITS } from './limits.ts';

const PROBLEM_MEDIA = 'application/problem+json';
const JSON_FORM = {
  bytes: WIRE_LIMITS.answer_bytes_max,
  depth: WIRE_LIMITS.answer_depth_max,
  values: WIRE_LIMITS.answer_values_max,
};

/** An answer taken apart, of the declared media type and form; nothing that it says is believed yet. */
export function readAnswer<Id extends OperationId>(id: Id, answer: TransportAnswer): Called<Id> {
  const { status, body } = answer;
  if (!(body instanceof Uint8Array)) throw new ClientFailure('TRANSPORT_FAILED', 'the answer has no bytes');
  if (body.length > WIRE_LIMITS.answer_bytes_max) {
    throw new ClientFailure('ANSWER_TOO_LARGE', `more than ${WIRE_LIMITS.answer_bytes_max} bytes`);
  }
  if (status >= 200 && status < 300) return { kind: 'answer', status, value: readValue(id, answer) };
  if (status >= 400 && status < 600) return { kind: 'problem', problem: readProblem(answer) };
  throw new ClientFailure('ANSWER_STATUS', 'neither a success nor a refusal');
}

function readValue<Id extends OperationId>(id: Id, answer: TransportAnswer): ValueOf<Id> {
  const { media } = OPERATIONS[id].answer;
  checkMedia(answer, media);
  // The type of such an answer is bytes: there is nothing to read.
  if (media === 'application/octet-stream') return answer.body as ValueOf<Id>;
  const value = media === 'application/json' ? readJson(answer.body) : readText(answer.body);
  const checked = checkAnswerOf(id, value);
  if (checked.kind === 'invalid') throw malformed(checked.refusal.where);
  // The operation's answer is no bytes, so its schema says what it is.
  return checked.value as ValueOf<Id>;
}

function readProblem(answer: TransportAnswer): Problem {
  checkMedia(answer, PROBLEM_MEDIA);
  const checked = checkProblem(readJson(answer.body));
  if (checked.kind === 'invalid') throw malformed(checked.refusal.where);
  if (checked.value.status !== answer.status) throw new ClientFailure('ANSWER_STATUS', 'two statuses');
  return checked.value;
}

/** Parameters say nothing that strict reading would not find out. */
function checkMedia({ headers }: TransportAnswer, declared: string): void {
  const given = headers['content-type'] ?? '';
  if (essence(given) !== essence(declared)) throw new ClientFailure('ANSWER_MEDIA', `no ${declared}`);
}

function essence(media: string): string {
  return (media.split(';', 1)[0] ?? '').trim();
}

function readJson(bytes: Uint8Array): unknown {
  return orMalformed(() => parseJson(bytes, JSON_FORM));
}

function readText(bytes: Uint8Array): string {
  return orMalformed(() => decodeUtf8(bytes));
}

function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Failure) throw malformed(error.code);
    throw error;
  }
}

function malformed(where: string): ClientFailure {
  return new ClientFailure('ANSWER_MALFORMED', where);
}
