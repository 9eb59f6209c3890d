import { createHash } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answered, type Cell, commit, CoreFailure, propose, reportOutcome } from '@writ/cell';
import { printJson } from '@writ/proof';
import { openIn, proposalOf } from '../cell/world.ts';
import { type Acknowledged, checkpointIn, type LoadPlan, type Permitted } from './load-lines.ts';

/**
 * The program that is killed and traced: `load.ts PLAN` opens the cell of the plan and works on it from many
 * sides at once. An answer counts as acknowledged when its line has been written to standard output.
 */
const plan: LoadPlan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
/** Of a hundred permissions so many are spent, and of those spent so many reported. */
const SPENT_OF_100 = 95;
const REPORTED_OF_100 = 80;
const UNAVAILABLE: ReadonlySet<string> = new Set(['CLOSED', 'UNAVAILABLE']);
const RETRY_MS = 50;
/** Longer than what a cell does each second, its anchor and its tiles among it, is apart. */
const WAVES_APART_MS = 1_300;

/** One write a line: the order of system calls is what is looked at. */
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`, 'utf8');
  for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done, bytes.length - done);
}

function acknowledge(
  what: Acknowledged['what'],
  call: Pick<Permitted, 'id' | 'path' | 'attempt'>,
  { answer, proven }: Answered,
): void {
  const code = 'code' in answer ? answer.code : null;
  const verdict = answer.kind === 'judged' ? answer.verdict : null;
  const line = { what, ...call, kind: answer.kind, verdict, code, ...provedIn(proven) };
  say(`ack ${JSON.stringify(line satisfies Acknowledged)}`);
}

function provedIn(
  proven: Answered['proven'],
): Acknowledged['proved'] extends infer P ? { proved: P } : never {
  if (proven === null) return { proved: null };
  const digest = createHash('sha256').update(proven.head).digest('hex');
  const { index, head } = proven;
  return { proved: { index, head, digest, ...checkpointIn(proven.proof) } };
}

function spend(cell: Cell, { id, path, attempt }: Permitted): Promise<Answered> {
  const args_text = printJson({ path });
  return commit(cell, { by: plan.agent, id, attempt, target: 'a target', args_text, scene: null });
}

async function act(cell: Cell, n: number): Promise<void> {
  const path = `life ${plan.life} file ${n}`;
  const claim = n % 10 === 0 ? { attempt: `claimed ${path}`, target: 'a target' } : null;
  const decided = await propose(cell, proposalOf(plan, { path }, { claim }));
  const call = { id: decided.id, path, attempt: claim?.attempt ?? `first ${path}` };
  acknowledge('propose', call, decided);
  if (decided.answer.kind === 'judged' && (n * 37) % 100 < SPENT_OF_100) {
    acknowledge('commit', call, await spend(cell, call));
  }
  if ((n * 53) % 100 >= REPORTED_OF_100) return;
  const outcome = await reportOutcome(cell, {
    by: plan.agent,
    id: decided.id,
    status: 'succeeded',
    attested_by: 'agent',
    unwrapped: false,
    produced: [],
    spent: [],
    report: { path },
  });
  acknowledge('outcome', call, outcome);
}

/** What an earlier life left: the same attempt and another one, at the same time. */
async function retry(cell: Cell, call: Permitted): Promise<void> {
  const attempts = [call.attempt, `${call.attempt} in life ${plan.life}`];
  await Promise.all(
    attempts.map(async (attempt) => {
      acknowledge('commit', { ...call, attempt }, await spend(cell, { ...call, attempt }));
    }),
  );
}

async function closeCalmly(cell: Cell): Promise<void> {
  await cell.close();
  say('closed');
}

async function main(): Promise<void> {
  const cell = await openIn(plan.directory, {
    report: (event) => event.kind === 'started' && say(`started ${event.size} ${event.term}`),
  });
  let closing: Promise<void> | null = null;
  process.once('SIGTERM', () => {
    closing = closeCalmly(cell);
  });
  let next = 0;
  const work = async (until: number): Promise<void> => {
    while (next < until && closing === null) {
      const n = next++;
      while (!(await isActed(n)) && closing === null) await pause(RETRY_MS);
    }
  };
  /** Whoever comes when the cell closes, or has lost its disk for a while, is told so, and nothing else. */
  const isActed = async (n: number): Promise<boolean> => {
    try {
      await act(cell, n);
      return true;
    } catch (error) {
      const isTold = error instanceof CoreFailure && UNAVAILABLE.has(error.code);
      if (!isTold || (closing === null && !plan.survives_faults)) throw error;
      return false;
    }
  };
  const retried = plan.retries.map((call) => retry(cell, call));
  for (let wave = 1; wave <= plan.waves; wave += 1) {
    const until = wave * plan.actions_max;
    await Promise.all(Array.from({ length: plan.clients }, () => work(until)));
    if (wave < plan.waves) await pause(WAVES_APART_MS);
  }
  await Promise.all(retried);
  if (closing !== null) return closing;
  say('done');
  // Ended like a machine that stops, also when nobody killed it in time: nothing is tidied up.
  process.kill(process.pid, 'SIGKILL');
}

await main();
