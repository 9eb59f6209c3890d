import type { JsonObject, Obligation, Scene } from '@writ/contract';
import type { OutcomeBody } from '@writ/contract/api';
import { Failure, type Id, printJson } from '@writ/proof';
import type { Client } from '../client.ts';
import type { ClientCode } from '../codes.ts';
import type { Committed } from './commit.ts';
import type { Proposal, Proposed } from './propose.ts';
import { refusal, type ShownReason } from './verdict.ts';

export type GuardOptions = Pick<Proposal, 'why' | 'session' | 'declared'> & {
  readonly tool: string;
  readonly target?: string;
  /** What `fn` sees to; whatever else is asked for is a refusal. */
  readonly obligations?: readonly Obligation[];
  /** The scene, observed anew for the proposal and for the commit. */
  readonly observe?: () => Promise<Scene>;
  readonly attested_by?: OutcomeBody['attested_by'];
  /** What it means that `fn` threw; `failed` if left out. */
  readonly statusOf?: (error: unknown) => 'failed' | 'unknown';
  /**
   * The run is over and its outcome could not be recorded. Whoever is told here can report it again; the cell
   * holds the action for spent.
   */
  readonly onUnreported: (id: Id, code: ClientCode) => void;
};

/** The action was not allowed, or it could not be verified that it was: nothing ran. */
export class WritRefused extends Error {
  readonly verdict: 'BLOCK' | 'ESCALATE' | 'NEED_EVIDENCE';
  readonly id: Id | null;
  readonly code: ClientCode;
  readonly reasons: readonly ShownReason[];
  readonly ticket: Id | null;

  constructor(refused: Exclude<Proposed, { readonly verdict: 'ALLOW' | 'OBSERVED' }>) {
    super(`${refused.code}: ${refused.text}`);
    this.name = 'WritRefused';
    this.verdict = refused.verdict;
    this.id = refused.id;
    this.code = refused.code;
    this.reasons = refused.reasons;
    this.ticket = refused.verdict === 'BLOCK' ? null : refused.ticket;
  }
}

/**
 * A function that runs only after a verified writ for these very arguments was spent. INVARIANT: `fn` gets
 * what the canonical text holds and never the caller's object, so what was judged is what runs.
 */
export function guard<Args extends JsonObject, Result>(
  client: Client,
  fn: (args: Args) => Result | Promise<Result>,
  options: GuardOptions,
): (args: Args) => Promise<Result> {
  return async (given) => {
    const text = canonicalText(given);
    const spent = await permit(client, text, options);
    let result: Result;
    try {
      result = await fn(JSON.parse(text) as Args); // the text was printed from one
    } catch (error) {
      await report(client, spent.id, statusOfThrown(error, options), options);
      throw error;
    }
    await report(client, spent.id, 'succeeded', options);
    return result;
  };
}

function canonicalText(given: JsonObject): string {
  try {
    return printJson(given);
  } catch (error) {
    // A getter may have thrown something of its own.
    throw new WritRefused(refusal(error instanceof Failure ? error.code : 'JSON_NOT_PLAIN'));
  }
}

type Spent = Extract<Committed, { readonly verdict: 'SPENT' }>;

async function permit(client: Client, text: string, options: GuardOptions): Promise<Spent> {
  const { tool, why, session, declared, target = null, observe } = options;
  const args = JSON.parse(text) as JsonObject; // the text was printed from one
  const proposed = await client.propose({
    tool,
    args,
    obligations: [...(options.obligations ?? [])],
    scene: (await observe?.()) ?? null,
    ...(why === undefined ? {} : { why }),
    ...(session === undefined ? {} : { session }),
    ...(declared === undefined ? {} : { declared }),
  } as Proposal); // a scene is what its schema says, read-only
  // A guard has no way to run what no writ permits: it enforces, or its executor is given a wall.
  if (proposed.verdict === 'OBSERVED') throw new WritRefused(refusal('WRIT_UNKNOWN', proposed.id));
  if (proposed.verdict !== 'ALLOW') throw new WritRefused(proposed);
  const spent = await client.commit(proposed.writ, {
    tool,
    args,
    attempt: client.newId(),
    target,
    scene: (await observe?.()) ?? null,
  });
  if (spent.verdict !== 'SPENT') throw new WritRefused(spent);
  return spent;
}

function statusOfThrown(error: unknown, { statusOf }: GuardOptions): 'failed' | 'unknown' {
  try {
    return statusOf?.(error) ?? 'failed';
  } catch {
    return 'unknown';
  }
}

/**
 * INVARIANT: `fn` ran, so its caller must hear how: a failure here, seen as one of `fn`, invites a second
 * run.
 */
async function report(
  client: Client,
  id: Id,
  status: OutcomeBody['status'],
  options: GuardOptions,
): Promise<void> {
  const code = await codeOfReport(client, id, { status, attested_by: options.attested_by ?? 'agent' });
  if (code === null) return;
  try {
    options.onUnreported(id, code);
  } catch {
    // Whoever was to be told failed; the cell holds the action for spent all the same.
  }
}

async function codeOfReport(client: Client, id: Id, outcome: OutcomeBody): Promise<ClientCode | null> {
  try {
    const reported = await client.reportOutcome(id, outcome);
    return reported.verdict === 'BLOCK' ? reported.code : null;
  } catch {
    return 'INTERNAL';
  }
}
