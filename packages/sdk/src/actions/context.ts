import { type Digest, type Id, type Memory, printJson, SKEW_MS, type Trust } from '@writ/proof';
import type { JsonObject } from '@writ/contract';
import type { OperationId, Problem } from '@writ/contract/api';
import { ClientFailure, inClientTerms } from '../failure.ts';
import { checkProofs } from '../log/check-proofs.ts';
import { memoryOf } from '../log/link.ts';
import type { Standing } from '../log/standing.ts';
import type { Wire } from '../wire/wire.ts';
import { jsonOf } from './judge-proposed.ts';
import type { Labels } from './labels.ts';
import { type Refusal, refusal, refusalOf } from './verdict.ts';

/** What the verified calls of one client share. */
export type ActionContext = {
  readonly wire: Wire;
  readonly standing: Standing;
  readonly trust: Trust;
  readonly origin: string;
  readonly executor: Id;
  readonly tools: ReadonlyMap<string, Digest>;
  readonly newId: () => string;
  readonly now_ms: () => number;
  /** Actions with the idempotency key that each answered. */
  readonly answered: Labels;
  /** Actions with the attempt under which each is spent. */
  readonly attempted: Labels;
};

/** What an answer to a request that is sent now is held against; throws when the log is not to be trusted. */
export function floorOf({ standing }: ActionContext): Memory {
  standing.check();
  return memoryOf(standing.floor());
}

/** INVARIANT: whatever the client itself refuses is a BLOCK. What it did not foresee is thrown on. */
export async function orRefusal<T>(context: ActionContext, act: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ClientFailure)) throw error;
    context.standing.note(error.code);
    return refusal(error.code);
  }
}

/** A refusal of the cell; what it proves is verified, and seen. */
export async function refuseProven(
  { standing, trust, origin, now_ms }: ActionContext,
  name: OperationId,
  problem: Problem,
): Promise<Refusal> {
  const floor = standing.floor();
  for (const checkpoint of checkProofs(name, problem, { trust, origin, floor, now_ms })) {
    await standing.accept(checkpoint);
  }
  return refusalOf(problem);
}

/** The plain value that JSON makes of it, read once: later changes of the caller's object change nothing. */
export function plain<T extends object>(value: T): T {
  const text = inClientTerms(() => printJson(value as JsonObject)); // refuses whatever is none
  return jsonOf(text) as T & JsonObject; // the same members, of plain JSON
}

/** Remembering takes time, and the permission lives for seconds. */
export function checkLive(expires_at: number | null, now_ms: number): void {
  if (expires_at === null || !(now_ms <= expires_at + SKEW_MS)) {
    throw new ClientFailure('EXPIRED', 'its time is over');
  }
}
