import type { Code } from '@writ/contract';
import { OPERATIONS, type OperationId, problemOf } from '@writ/contract/api';
import {
  blindReference,
  commitArgsText,
  deriveNonce,
  encodeBase64,
  encodeBase64url,
  encodeUtf8,
  type Head,
  parseHead,
  parseJson,
  printAccessKey,
  printHead,
  printJson,
  sha256,
  sha256Base64url,
} from '@writ/proof';
import type { TransportAnswer, TransportRequest } from '@writ/sdk';
import { consistencyOf, noteOf, proofOf, type Signer, signerOf } from './tree.ts';

export const ORIGIN = 'cell.example/one/0123456789abcdef';
export const NOW = 1_790_000_000_000;
export const LOG: Signer = signerOf(ORIGIN, 1);

export const idOf = (prefix: string, number: number): string =>
  `${prefix}_${String(number).padStart(26, '0')}`;
export const tagOf = (text: string): string => encodeBase64url(sha256(encodeUtf8(text)).subarray(0, 16));
export const digestOf = (text: string): string => sha256Base64url(text);
export const AGENT = idOf('agt', 7);
export const TOOL = digestOf('the definition of files.read');
export const KEY = printAccessKey(idOf('key', 1), 'a'.repeat(52));

export type Change = Readonly<Record<string, unknown>>;
// What a test changes is JSON of any shape.
type Json = any; // oxlint-disable-line typescript/no-explicit-any

/**
 * A cell of a few lines that keeps to the protocol: real heads in a real tree, under a real signature. What a
 * lying one says is made of it by changing one thing.
 */
export type SmallCell = {
  readonly heads: string[];
  readonly requests: { readonly id: OperationId; readonly request: TransportRequest }[];
  /** Actions by the idempotency key that they answered. */
  readonly answered: Map<string, { readonly id: string; readonly index: number }>;
  now_ms: number;
  signer: Signer;
  /** The verdict of the next decisions, and what else stands in their heads. */
  decision: Change;
  commit: Change;
  outcome: Change;
  append(head: string): number;
  proven(index: number, heads?: readonly string[]): { index: number; head: string; proof: string };
  answer(request: TransportRequest): TransportAnswer;
};

export const json = (value: unknown, status = 200): TransportAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: encodeUtf8(JSON.stringify(value)),
});

export const refuse = (code: Code, headers: Change = {}): TransportAnswer => {
  const problem = problemOf(code, 'agent');
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...(headers as Record<string, string>) },
    body: encodeUtf8(JSON.stringify(problem)),
  };
};

const ROUTES = Object.entries(OPERATIONS).map(([id, { method, path }]) => ({
  id: id as OperationId,
  method,
  pattern: new RegExp(`^${path.replace(/\{[a-z_]+\}/g, '([^/]+)').replace(/\{[a-z_]+\.\.\.\}/g, '(.+)')}$`),
}));

export const routeOf = (request: TransportRequest): { readonly id: OperationId; readonly part: string } => {
  const path = request.path.split('?')[0] ?? '';
  const route = ROUTES.find(({ method, pattern }) => method === request.method && pattern.test(path));
  if (route === undefined) throw new Error(`no such route: ${request.method} ${path}`);
  return { id: route.id, part: route.pattern.exec(path)?.[1] ?? '' };
};

export const nonceOf = (id: string): Uint8Array => deriveNonce(new Uint8Array(32).fill(4), id);

/** Read back, so that no test runs on a head that could not be in a log. */
const headText = (members: Change): string => {
  const text = printHead(members as unknown as Head);
  parseHead(encodeUtf8(text));
  return text;
};

export const termHead = (number: number): string =>
  headText({ ...base(idOf('rec', number), `term ${number}`), kind: 'term', reason: 'start' });

const base = (id: string, salt: string, time: number = NOW): Change => ({
  v: 1,
  id,
  ns: idOf('ns', 1),
  time,
  term: 3,
  salt: tagOf(salt),
  parts: { state: digestOf('state'), sealed: digestOf('sealed') },
});

const references = (salt: string): Change => ({
  tool: blindReference(sha256Base64url, tagOf(salt), 'tool', TOOL),
  policy: blindReference(sha256Base64url, tagOf(salt), 'policy', digestOf('a policy')),
  engine: digestOf('an engine'),
  state_hash: digestOf('state hash'),
  wall: 1,
});

export const openSmallCell = (): SmallCell => {
  const cell: SmallCell = {
    heads: [termHead(0), termHead(1), termHead(2)],
    requests: [],
    answered: new Map(),
    now_ms: NOW,
    signer: LOG,
    decision: {},
    commit: {},
    outcome: {},
    append: (head) => cell.heads.push(head) - 1,
    proven: (index, heads = cell.heads) => ({
      index,
      head: heads[index] ?? '',
      proof: proofOf(heads, index, noteOf(heads, cell.signer, ORIGIN)),
    }),
    answer(request) {
      const { id, part } = routeOf(request);
      cell.requests.push({ id, request });
      return serve(cell, id, part, request);
    },
  };
  return cell;
};

const serve = (
  cell: SmallCell,
  id: OperationId,
  part: string,
  request: TransportRequest,
): TransportAnswer => {
  const isJson = request.headers['content-type'] === 'application/json';
  const body: Json = request.body === null || !isJson ? null : parseJson(request.body);
  switch (id) {
    case 'whoAmI':
      return json({
        principal: AGENT,
        ns: idOf('ns', 1),
        credential: idOf('key', 1),
        scopes: ['propose'],
        origin: ORIGIN,
        vkey: 'x',
      });
    case 'getCheckpoint':
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: encodeUtf8(noteOf(cell.heads, cell.signer, ORIGIN)),
      };
    case 'getConsistency':
      return consistency(cell, Number(/from=([0-9]+)/.exec(request.path)?.[1]));
    case 'getProof':
      return json(cell.proven(Number(part)));
    case 'proposeAction':
      return proposed(cell, body, request.headers['idempotency-key'] ?? '');
    case 'commitAction':
      return committed(cell, part, body);
    case 'reportOutcome':
      return reported(cell, part, body);
    default:
      return refuse('NOT_FOUND');
  }
};

const consistency = (cell: SmallCell, from: number): TransportAnswer => {
  if (from > cell.heads.length) return refuse('LOG_SHORTER');
  return json({
    checkpoint: noteOf(cell.heads, cell.signer, ORIGIN),
    from,
    size: cell.heads.length,
    hashes: consistencyOf(cell.heads, from).map(encodeBase64),
  });
};

export const decisionHead = (cell: SmallCell, id: string, args: Json, change: Change = {}): string =>
  headText({
    ...base(id, id, cell.now_ms),
    ...references(id),
    kind: 'decision',
    verdict: 'ALLOW',
    code: 'ALLOWED',
    args: commitArgsText(nonceOf(id), printJson(args)),
    executor: AGENT,
    expires_at: cell.now_ms + 30_000,
    obligations: [],
    reasons: 0,
    ticket: null,
    ...cell.decision,
    ...change,
  });

const proposed = (cell: SmallCell, body: Json, key: string): TransportAnswer => {
  const before = cell.answered.get(key);
  if (before !== undefined) return proposedAgain(cell, before);
  const id = idOf('act', cell.heads.length);
  cell.answered.set(key, { id, index: cell.heads.length });
  const index = cell.append(decisionHead(cell, id, body.args));
  const head: Json = parseJson(encodeUtf8(cell.heads[index] ?? ''));
  const { verdict, code, expires_at, obligations, ticket } = head;
  const reason = { gate: 6, verdict, code, class: 'final', text: 'as the server puts it' };
  const answer = {
    kind: 'judged',
    id,
    verdict,
    code,
    text: 'as the server puts it',
    reasons: verdict === 'ALLOW' ? [] : [reason],
    gates: [],
    obligations,
    expires_at,
    ticket: ticket === null ? null : { id: ticket, expires_at: null },
  };
  const nonce = encodeBase64url(nonceOf(id));
  const value = { id, answer, proven: cell.proven(index), nonce };
  if (verdict === 'ALLOW') return json(value);
  if (verdict !== 'BLOCK') return json(value, 202);
  return problemWith(code, value);
};

const proposedAgain = (cell: SmallCell, { id, index }: { id: string; index: number }): TransportAnswer => {
  const answer = { kind: 'repeat', id, code: 'ALLOWED', text: 'allowed', folded: false };
  return json({ id, answer, proven: cell.proven(index), nonce: encodeBase64url(nonceOf(id)) });
};

const problemWith = (code: Code, value: object): TransportAnswer => {
  const problem = { ...problemOf(code, 'agent'), ...value };
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
    body: encodeUtf8(JSON.stringify(problem)),
  };
};

const committed = (cell: SmallCell, id: string, body: Json): TransportAnswer => {
  const decided_at = cell.heads.findIndex((head) => head.includes(`"kind":"decision"`) && head.includes(id));
  const before = cell.heads.findIndex((head) => head.includes(`"kind":"commit"`) && head.includes(id));
  if (before >= 0) {
    const again = { kind: 'repeat', id, code: 'ALLOWED', text: 'allowed', folded: false };
    return json({ answer: again, proven: cell.proven(before) });
  }
  const index = cell.append(commitHead(cell, id, body, decided_at));
  const expires_at = cell.now_ms + 30_000;
  const answer = { kind: 'spent', id, decided_at, expires_at, obligations: [] };
  return json({ answer, proven: cell.proven(index) });
};

export const commitHead = (
  cell: SmallCell,
  id: string,
  { args, target, attempt }: Json,
  decided_at: number,
): string => {
  const salt = tagOf(`commit ${id}`);
  return headText({
    ...base(id, `commit ${id}`, cell.now_ms),
    ...references(`commit ${id}`),
    kind: 'commit',
    args: commitArgsText(nonceOf(id), printJson(args)),
    attempt: tagOf(attempt),
    cnf: null,
    decided_at,
    executor: AGENT,
    expires_at: cell.now_ms + 30_000,
    obligations: [],
    target: target === null ? null : blindReference(sha256Base64url, salt, 'target', target),
    ...cell.commit,
  });
};

const reported = (cell: SmallCell, id: string, { status, attested_by }: Json): TransportAnswer => {
  const head = headText({
    ...base(id, `outcome ${id}`, cell.now_ms),
    kind: 'outcome',
    attested_by,
    executor: AGENT,
    produced: 0,
    status,
    unwrapped: false,
    ...cell.outcome,
  });
  return json({ answer: { kind: 'done', id }, proven: cell.proven(cell.append(head)) });
};
