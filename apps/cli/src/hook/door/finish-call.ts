import { createHash } from 'node:crypto';
import type { JsonObject } from '@writ/contract';
import { type JsonValue, printJson } from '@writ/proof';
import type { HookAnswer } from '../host/print-answer.ts';
import type { HostCall } from '../host/read-event.ts';
import type { DoorContext } from './context.ts';
import { snapshotAfter } from './snapshots.ts';

export type RanHow = {
  readonly id: string;
  readonly status: 'succeeded' | 'failed' | 'unknown';
  /** SHA-256 of what it gave. */
  readonly produced: readonly string[];
  readonly report: JsonObject;
};

/** Records how a run ended; false when it could not be recorded, and so stays without an outcome. */
export async function report({ link }: DoorContext, ran: RanHow): Promise<boolean> {
  const { id, status, produced, report: told } = ran;
  const outcome = { status, attested_by: 'hook' as const, produced: [...produced], report: told };
  try {
    const reported = await link.ask(({ door }) => door.reportOutcome(id, outcome));
    return reported.verdict === 'RECORDED';
  } catch {
    return false;
  }
}

/** A result that the host has for its model: recorded, and redacted where the permission obliges to that. */
export async function finishCall(
  context: DoorContext,
  { use, session }: HostCall,
  result: { readonly status: 'succeeded' | 'failed'; readonly response: JsonValue },
): Promise<HookAnswer> {
  const { permits, standing, sessions } = context;
  const begun = permits.end(use);
  if (begun === null) {
    // A call that nobody asked about, in a session that began with this door: the hook before it did not
    // fire.
    if (sessions.has(session) && !permits.hasSeen(use)) standing.miss();
    return { kind: 'host' };
  }
  const { id, by_host, obligations } = begun;
  if (by_host) {
    const { status, response } = result;
    snapshotAfter(context, begun);
    await report(context, { id, status, produced: [digestOf(response)], report: {} });
  }
  if (!obligations.includes('redact_output')) return { kind: 'host' };
  return { kind: 'output', value: await redact(context, result.response) };
}

function digestOf(value: JsonValue): string {
  return createHash('sha256').update(printJson(value)).digest('base64url');
}

/**
 * What stands where a result cannot be shown: no text at all, rather than one that was not looked through.
 */
const WITHHELD = 'Writ: the result could not be redacted, so it is withheld';

async function redact({ link }: DoorContext, value: JsonValue): Promise<JsonValue> {
  try {
    const redacted = await link.ask(async ({ door }) => {
      const called = await door.call('redactValue', { body: { value } });
      return called.kind === 'answer'
        ? { verdict: 'REDACTED', value: called.value.value }
        : { verdict: 'BLOCK', value: WITHHELD };
    });
    return redacted.value;
  } catch {
    return WITHHELD;
  }
}
