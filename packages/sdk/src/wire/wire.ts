import { OPERATIONS, type OperationId } from '@writ/contract/api';
import { ClientFailure } from '../failure.ts';
import type { Transport, TransportAnswer, TransportRequest } from '../ports.ts';
import type { AnyAsking, Asking, Called } from './asking.ts';
import { WIRE_LIMITS } from './limits.ts';
import { readAnswer } from './read-answer.ts';
import { requestOf } from './request.ts';

/** Calls of the API, well-formed in both directions and not yet believed. */
export type Wire = {
  call<Id extends OperationId>(id: Id, asking: Asking<Id>): Promise<Called<Id>>;
};

export type WirePorts = {
  readonly transport: Transport;
  readonly key: string;
  readonly wait: (wait_ms: number) => Promise<void>;
};

/** Twice is as good as once: the same attempt gets the same receipt, and the first report stands. */
const REPEATABLE: ReadonlySet<OperationId> = new Set<OperationId>(['commitAction', 'reportOutcome']);

export function openWire(ports: WirePorts): Wire {
  return {
    async call<Id extends OperationId>(id: Id, asking: Asking<Id>) {
      const request = requestOf(id, asking, ports.key);
      const repeatable = isRepeatable(id, asking);
      for (let tries = 1; ; tries += 1) {
        const answer = await send(ports.transport, request);
        const called = readAnswer(id, answer);
        const wait_ms = called.kind === 'problem' ? retryAfter(answer) : null;
        if (wait_ms === null || !repeatable || tries >= WIRE_LIMITS.tries_max) return called;
        await ports.wait(wait_ms);
      }
    },
  };
}

function isRepeatable(id: OperationId, { idempotency_key }: AnyAsking): boolean {
  return OPERATIONS[id].method === 'GET' || idempotency_key !== undefined || REPEATABLE.has(id);
}

async function send(transport: Transport, request: TransportRequest): Promise<TransportAnswer> {
  try {
    return await transport(request);
  } catch {
    // What it threw may repeat the request, and with it the key.
    throw new ClientFailure('TRANSPORT_FAILED', 'there is no answer');
  }
}

/** How long a cell that cannot answer now asks to be left alone; null when nothing should be tried again. */
function retryAfter({ status, headers }: TransportAnswer): number | null {
  const seconds = headers['retry-after'] ?? '';
  if (status !== 503 || !/^[0-9]{1,3}$/.test(seconds)) return null;
  const wait_s = Number(seconds);
  return wait_s <= WIRE_LIMITS.retry_after_s_max ? wait_s * 1_000 : null;
}
