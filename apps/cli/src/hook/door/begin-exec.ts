import { setTimeout } from 'node:timers/promises';
import type { Scene } from '@writ/contract';
import { releaseTo } from '../../remote/release.ts';
import type { DoorContext } from './context.ts';
import { fenced } from './fence.ts';
import { report } from './finish-call.ts';
import { propose, spend } from './judge-call.ts';
import { findShell, observeText, shellWords } from './observe-call.ts';
import type { Permit } from './permits.ts';
import { snapshotFirst } from './snapshots.ts';
import { nextAfterBlock, nextAfterTicket, textOf } from './texts.ts';

/** What the runner of a command is told to start: the file by what it holds, its words, and nothing else. */
export type ToRun = {
  readonly kind: 'run';
  readonly id: string;
  readonly obligations: readonly string[];
  /** Of the shell, or of the fence around it. */
  readonly executable: string;
  readonly args: readonly string[];
  readonly real: string;
  /** Null for the fence, which is the system's own. */
  readonly digest: string | null;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};
export type NotRun = { readonly kind: 'refused'; readonly code: string; readonly text: string };

const LOOK_AGAIN_MS = 1000;
/** As long as a ticket waits by default: an hour. */
const LOOKS_MAX = 3600;

/** Spends what was permitted, on the scene as it is by now. The permit was taken: nobody else has it. */
export async function beginExec(
  context: DoorContext,
  permit: Permit,
  runner: { isThere(): boolean; wait(text: string): void },
): Promise<ToRun | NotRun> {
  const { id, args, directory, ticket } = permit;
  const { command } = args;
  if (typeof command !== 'string') return refused('INTERNAL', id);
  const { environment } = context.settings;
  const released = ticket === null ? null : await untilReleased(context, permit, { ticket, command }, runner);
  if (typeof released === 'string') return refused(released, id);
  const scene = await observeText(context, command, directory);
  const spent = await spendOrAskAgain(context, permit, released ?? permit.writ, scene);
  if (typeof spent === 'string') return refused(spent, id);
  const shell = await findShell(context, scene);
  const { obligations } = spent;
  const whole = fenced(context, { ...shell, scene }, { words: shellWords(command), obligations });
  const kept = whole !== null && snapshotFirst(context, { ...spent, session: permit.session }, scene);
  if (whole === null || !kept) {
    // It is spent, and this is what became of it.
    const report_of = { reason: 'OBLIGATION_UNMET' };
    await report(context, { id: spent.id, status: 'failed', produced: [], report: report_of });
    return refused('OBLIGATION_UNMET', spent.id);
  }
  const { executable, real, digest, args: words } = whole;
  const run = { executable, real, digest, args: words, directory: scene.directory, environment };
  return { kind: 'run', id: spent.id, obligations, ...run };
}

/** The writ of a ticket that a person approved, or the code for why there is none. */
async function untilReleased(
  context: DoorContext,
  { directory }: Permit,
  { ticket, command }: { readonly ticket: string; readonly command: string },
  runner: { isThere(): boolean; wait(text: string): void },
): Promise<{ readonly writ: string } | string> {
  runner.wait(`Writ waits for a person: writ approve ${ticket}`);
  for (let looks = 0; looks < LOOKS_MAX && runner.isThere(); looks += 1) {
    const scene = await observeText(context, command, directory);
    const { answer, writ } = await context.link.ask(async ({ agent, door }) => {
      const released = await releaseTo(agent, async () => door.executor, { ticket, scene });
      return { ...released, verdict: '' };
    });
    if (writ !== null) return { writ };
    const code = 'code' in answer ? answer.code : 'INTERNAL';
    if (code !== 'TICKET_NOT_APPROVED') return code;
    await setTimeout(LOOK_AGAIN_MS);
  }
  return 'TICKET_NOT_APPROVED';
}

type Spent = { readonly id: string; readonly obligations: readonly string[] };

/**
 * A writ lives for seconds, and a host may let a command wait longer for its turn: then the same is proposed
 * again, judged again, and is another action.
 */
async function spendOrAskAgain(
  context: DoorContext,
  permit: Permit,
  writ: { readonly writ: string } | string | null,
  scene: Scene,
): Promise<Spent | string> {
  const text = typeof writ === 'string' ? writ : writ?.writ;
  if (text === undefined) return 'WRIT_UNKNOWN';
  const { id, tool, args, session, directory } = permit;
  const first = await spend(context, { tool, args, writ: text, scene });
  if (typeof first !== 'string') return { id, obligations: first.obligations };
  if (first !== 'EXPIRED' && first !== 'WRIT_EXPIRED') return first;
  const call = { tool, input: {}, use: '', session, directory };
  const mapped = { tool, args, command: '', paths: [] };
  const again = await propose(context, { call, mapped, scene });
  if (again.verdict !== 'ALLOW') return again.code;
  const second = await spend(context, { tool, args, writ: again.writ, scene });
  return typeof second === 'string' ? second : { id: again.id, obligations: second.obligations };
}

function refused(code: string, id: string): NotRun {
  const next = code === 'TICKET_NOT_APPROVED' ? nextAfterTicket('TICKET') : nextAfterBlock(code, id);
  return { kind: 'refused', code, text: textOf(code, next) };
}
