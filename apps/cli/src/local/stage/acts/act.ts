import { CODES, type Code, type JsonObject } from '@writ/contract';
import type { ProposalBody, WireAnswer } from '@writ/contract/api';
import { encodeUtf8, parseReceipt, printJson } from '@writ/proof';
import type { Client } from '@writ/sdk';
import { describeFailure } from '../../../program/failure.ts';
import type { Board } from '../board.ts';
import { COMMAND } from '../furnish-stage.ts';
import type { EntryDetail, Proposer } from '../entry.ts';
import { observeScene } from './observe-scene.ts';
import { operatorView } from './operator-view.ts';
import { type Runner, wordsOf } from './runner.ts';

/** What acting needs. The client and the runner are those of the cell that serves now. */
export type Acting = {
  readonly board: Board;
  readonly workspace: string;
  client(): Promise<Client>;
  runner(): Runner;
  openSealed(index: number): Promise<string | null>;
};

export type Asked = {
  readonly by: Proposer;
  readonly what: string;
  readonly why: string;
  readonly session: string;
  readonly tool: string;
  readonly args: JsonObject;
  readonly words: readonly string[] | null;
};

/**
 * One action from its proposal to its end: proposed, and when it is allowed, spent, run and reported. What
 * was not answered does not run. Resolves with the number of its entry.
 */
export async function act(acting: Acting, asked: Asked): Promise<number> {
  const { board } = acting;
  const { number } = board.add({ ...beginning(asked), ...NOTHING_YET });
  try {
    await settle(acting, asked, number);
  } catch (error) {
    const { run = null, state } = board.detail(number) ?? {};
    const { code } = describeFailure(error);
    if (run?.state === 'running') {
      // It was spent, or may be: whether it ran is not known here, and it is not tried again.
      board.change(number, { run: { ...run, state: 'failed', text: `no answer that counts (${code})` } });
    } else if (state === 'asking') {
      const text = `no answer that counts (${code}), so nothing may run`;
      board.change(number, { state: 'unanswered', text });
    }
  }
  return number;
}

function beginning({ by, what, why, tool, args, words }: Asked) {
  return { by, what, why, tool, args: printJson(args), words };
}

const NOTHING_YET = {
  state: 'asking',
  verdict: null,
  code: '',
  text: '',
  index: null,
  run: null,
  gates: [],
  reasons: [],
  operator: null,
  proven: null,
  spent: null,
  outcome: null,
  nonce: null,
} as const satisfies Partial<EntryDetail>;

async function settle(acting: Acting, asked: Asked, number: number): Promise<void> {
  const { board } = acting;
  const client = await acting.client();
  const body = bodyOf(acting, asked);
  const idempotency_key = client.newId();
  const called = await client.call('proposeAction', { body, idempotency_key });
  const said = called.kind === 'answer' ? called.value : called.problem;
  const { answer, proven = null, nonce = null } = said;
  const shown = answer === undefined ? refusedOf('code' in said ? said : {}) : shownOf(answer);
  const operator = proven === null ? null : await operatorView(acting.openSealed, proven);
  const index = proven?.index ?? null;
  const before = answer?.kind === 'repeat' && index !== null ? board.decidedAt(index) : null;
  // A repeat stands on the record of another proposal, and its nonce opens nothing of that.
  const opened = answer?.kind === 'judged' ? nonce : null;
  board.change(number, {
    state: 'answered',
    ...shown,
    ...sameAs(before),
    index,
    proven,
    nonce: opened,
    operator,
  });
  if (shown.verdict !== 'ALLOW' || asked.tool !== COMMAND.name) return;
  // The same request again: the client now holds the record against it, and gives the writ.
  const allowed = await client.propose(body, idempotency_key);
  if (allowed.verdict !== 'ALLOW') return refuseRun(board, number, allowed.code);
  await runAllowed(acting, { client, number, body, writ: allowed.writ });
}

function bodyOf({ workspace }: Acting, { tool, args, why, session }: Asked): ProposalBody {
  const { executable, words } = wordsOf(args);
  const scene = tool === COMMAND.name ? observeScene(workspace, executable, words) : null;
  return { tool, args, why, session, scene };
}

type Allowed = {
  readonly client: Client;
  readonly number: number;
  readonly body: ProposalBody;
  readonly writ: string;
};

async function runAllowed(acting: Acting, { client, number, body, writ }: Allowed): Promise<void> {
  const { board, workspace } = acting;
  board.change(number, { run: { state: 'running', text: 'spending the writ', output: '' } });
  const { tool, args } = body;
  const { executable, words } = wordsOf(args);
  const scene = observeScene(workspace, executable, words);
  const spent = await client.commit(writ, { tool, args, attempt: client.newId(), scene });
  if (spent.verdict !== 'SPENT') return refuseRun(board, number, spent.code);
  const { head, proof } = parseReceipt(encodeUtf8(spent.receipt));
  board.change(number, { spent: { index: indexIn(proof), head, proof } });
  const result = await acting.runner().run({ receipt: spent.receipt, writ, args: printJson(args) });
  if (result.kind === 'refused') return refuseRun(board, number, result.code);
  const { status, text, output } = result.ran;
  board.change(number, { run: { state: status, text, output } });
  const report = { status, attested_by: 'agent', report: { text } } as const;
  const reported = await client.call('reportOutcome', { path: { id: spent.id }, body: report });
  if (reported.kind === 'answer') board.change(number, { outcome: reported.value.proven });
}

/** The second line of a proof: `index N`. */
function indexIn(proof: string): number {
  return Number(/^index (\d+)$/m.exec(proof)?.[1] ?? 0);
}

function refuseRun(board: Board, number: number, code: string): void {
  board.change(number, { run: { state: 'refused', text: `${code}: it did not run`, output: '' } });
}

function shownOf(answer: WireAnswer) {
  switch (answer.kind) {
    case 'judged': {
      const { verdict, code, text, gates, reasons } = answer;
      return { verdict, code, text, gates, reasons };
    }
    case 'repeat':
    case 'refused': {
      const { code, text } = answer;
      return {
        verdict: 'BLOCK',
        code,
        text,
        reasons: answer.kind === 'refused' ? answer.reasons : [],
      } as const;
    }
    case 'spent':
    case 'done':
      return { verdict: 'BLOCK', code: 'INTERNAL', text: CODES.INTERNAL.agent } as const;
    default:
      return answer satisfies never;
  }
}

/** What was said of the same proposal before, which the record of that stands for. */
function sameAs(before: EntryDetail | null): Partial<EntryDetail> {
  if (before === null) return {};
  const { gates, reasons, text } = before;
  return { gates, reasons, text: `${text} (the same as before, and one record stands for all of it)` };
}

/** Refused before it was judged: nothing is recorded of it. */
function refusedOf({ code, detail }: { readonly code?: Code; readonly detail?: string }) {
  const known = code ?? 'INTERNAL';
  const where = detail === undefined ? '' : ` (${detail})`;
  return { verdict: 'BLOCK', code: known, text: `${CODES[known].agent}${where}` } as const;
}
