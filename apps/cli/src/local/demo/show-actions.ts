import { commit, propose, type Proposed, release, reportOutcome, submit } from '@writ/cell';
import type { Answer } from '@writ/contract';
import { printJson, printWrit } from '@writ/proof';
import { replaceFile } from '../../files/replace-file.ts';
import type { Call } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { plain } from '../../terminal/line.ts';
import type { Store } from '../store.ts';
import { type Actors, actionOf, SCENE, understandingOf } from './world.ts';

/** What the demonstration expects of its own cell: anything else ends it with exit code 1. */
export function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new CliFailure('DEMO_FAILED', `it was expected that ${what}`, 1);
}

const PARALLEL_COMMITS = 100;

type Stage = { readonly call: Call; readonly store: Store; readonly actors: Actors };

export async function showActions(stage: Stage, writ_path: string): Promise<{ readonly refused_at: number }> {
  await showAllowed(stage, writ_path);
  const refused_at = await showRefused(stage);
  await showApproval(stage);
  await showDoubleSpend(stage);
  return { refused_at };
}

function proposeOne(
  { store, actors }: Stage,
  tool: 'files.read' | 'site.publish',
  path: string,
): Promise<Proposed> {
  return propose(store.cell, {
    by: actors.agent,
    session: 'demo',
    action: actionOf(tool, path),
    scene: SCENE,
    understanding: understandingOf(tool, path),
    idempotency: null,
    claim: null,
    met_obligations: null,
  });
}

async function spend({ store, actors }: Stage, id: string, path: string, attempt: string): Promise<Answer> {
  const args_text = printJson({ path });
  const request = { by: actors.agent, id, attempt, target: null, args_text, scene: SCENE };
  return (await commit(store.cell, request)).answer;
}

function judged(answer: Answer): Extract<Answer, { readonly kind: 'judged' }> {
  expect(answer.kind === 'judged', 'a proposal is judged');
  return answer;
}

async function showAllowed(stage: Stage, writ_path: string): Promise<void> {
  const { call, store, actors } = stage;
  const proposed = await proposeOne(stage, 'files.read', 'README.md');
  const { verdict, id, index } = judged(proposed.answer);
  expect(verdict === 'ALLOW' && proposed.proven !== null, 'reading README.md is allowed');
  const { head, proof } = proposed.proven;
  await replaceFile(writ_path, printWrit({ head, nonce: proposed.nonce, proof }));
  call.say(plain(`allowed    files.read README.md: record ${index}, and a writ that proves itself`));
  const other = await spend(stage, id, 'other.md', 'demo-1');
  expect(other.kind === 'refused' && other.code === 'ARGUMENTS_DIFFER', 'other arguments are refused');
  const spent = await spend(stage, id, 'README.md', 'demo-1');
  expect(spent.kind === 'spent', 'the writ is spent');
  call.say(plain(`committed  the writ is spent on exactly these arguments: record ${spent.index}`));
  const outcome = await reportOutcome(store.cell, {
    by: actors.agent,
    id,
    status: 'succeeded',
    attested_by: 'agent',
    unwrapped: false,
    produced: [],
    spent: [],
    report: {},
  });
  expect(outcome.answer.kind === 'done', 'the outcome is recorded');
  call.say(plain(`outcome    succeeded: record ${outcome.answer.index}`));
}

async function showRefused(stage: Stage): Promise<number> {
  const { answer } = await proposeOne(stage, 'files.read', 'secrets.env');
  const { verdict, code, index, reasons } = judged(answer);
  expect(verdict === 'BLOCK', 'reading secrets.env is blocked');
  const rule = reasons.find((reason) => reason.rule !== null)?.rule ?? '-';
  stage.call.say(plain(`refused    files.read secrets.env: ${code} by rule ${rule}, record ${index}`));
  return index;
}

async function showApproval(stage: Stage): Promise<void> {
  const { call, store, actors } = stage;
  const { cell } = store;
  const { answer } = await proposeOne(stage, 'site.publish', 'index.html');
  const { verdict, ticket } = judged(answer);
  expect(verdict === 'ESCALATE' && ticket !== null, 'publishing asks a person');
  const { id, binding } = ticket;
  expect(binding !== null, 'the ticket is bound to what a person is shown');
  call.say(
    plain('escalated  site.publish index.html waits for a person; the demonstration plays that person'),
  );
  const sealed = '{}';
  const answered = { ticket: id, binding, proof_of_person: 'p1', sealed } as const;
  const own = await submit(cell, { kind: 'approve', by: actors.agent, ...answered });
  expect(own.answer.kind === 'refused', 'the agent cannot approve its own action');
  const approved = await submit(cell, { kind: 'approve', by: actors.person, ...answered });
  expect(approved.answer.kind === 'done', 'the person approves');
  const request = { by: actors.agent, ticket: id, scene: SCENE, claim: null };
  const first = await release(cell, request);
  expect(first.answer.kind === 'judged' && first.answer.verdict === 'ALLOW', 'it is released');
  const second = await release(cell, request);
  expect(second.answer.kind === 'refused', 'it is released once');
  call.say(plain(`approved   judged again and released once; a second release: ${second.answer.code}`));
}

async function showDoubleSpend(stage: Stage): Promise<void> {
  const { answer } = await proposeOne(stage, 'files.read', 'NOTES.md');
  const { id } = judged(answer);
  const attempts = Array.from({ length: PARALLEL_COMMITS }, (_, at) => `attempt-${at}`);
  const answers = await Promise.all(attempts.map((attempt) => spend(stage, id, 'NOTES.md', attempt)));
  const spends = answers.filter(({ kind }) => kind === 'spent').length;
  expect(spends === 1, 'one of many parallel commits spends');
  stage.call.say(plain(`once       ${PARALLEL_COMMITS} parallel commits of one writ: ${spends} spent it`));
}
