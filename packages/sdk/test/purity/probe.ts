import { OPERATIONS, type OperationId } from '@writ/contract/api';
import { emptyMemory, encodeHex, encodeUtf8, Failure } from '@writ/proof';
import { judgeProposed } from '../../src/actions/judge-proposed.ts';
import { ClientFailure } from '../../src/failure.ts';
import { readAnswer } from '../../src/wire/read-answer.ts';
import { requestOf } from '../../src/wire/request.ts';
import { AGENT, KEY, LOG, NOW, openSmallCell, ORIGIN, TOOL } from '../support/small-cell.ts';
import { trustOf } from '../support/trust.ts';

const PROPOSAL = { tool: 'files.read', args: { path: 'ÄÖ/straße.txt', count: 1.5, names: ['b', 'İ'] } };

/**
 * What a client does between asking and believing, without waiting for anybody: requests, answers of every
 * operation made of the texts of the vectors, and a good answer with its bytes changed one after the other.
 */
export const probe = (vectors: Readonly<Record<string, string>>): unknown => {
  const cell = openSmallCell();
  const request = requestOf('proposeAction', { body: PROPOSAL }, KEY);
  const { body } = cell.answer(request);
  return {
    request: [request.path, request.headers, encodeHex(request.body ?? new Uint8Array())],
    read: Object.entries(vectors)
      .map(([path, text]) => [path, encodeUtf8(text)] as const)
      .map(([path, bytes]) => [path, ids().map((id) => said(() => readAs(id, bytes)))]),
    believed: said(() => believe(body)),
    flipped: Array.from({ length: 64 }, (_, step) => Math.floor((step * body.length) / 64)).map((at) => {
      const changed = body.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      return [at, said(() => believe(changed))];
    }),
  };
};

const ids = (): readonly OperationId[] => [
  'health',
  'getProof',
  'getConsistency',
  'proposeAction',
  'getCheckpoint',
];

const readAs = (id: OperationId, body: Uint8Array): unknown =>
  readAnswer(id, { status: 200, headers: { 'content-type': OPERATIONS[id].answer.media }, body }).kind;

const believe = (body: Uint8Array): unknown => {
  const called = readAnswer('proposeAction', {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (called.kind === 'problem') return called.problem.code;
  const question = {
    origin: ORIGIN,
    executor: AGENT,
    tool: TOOL,
    args_text: '{"count":1.5,"names":["b","İ"],"path":"ÄÖ/straße.txt"}',
    obligations: [],
    sent_at: NOW,
  };
  const { writ, head, index } = judgeProposed(called.value, question, trustOf(LOG), emptyMemory(), NOW);
  return [writ, head, `${index}`];
};

const said = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    if (error instanceof ClientFailure || error instanceof Failure) return [error.code, error.detail];
    throw error;
  }
};
