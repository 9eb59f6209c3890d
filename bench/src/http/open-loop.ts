import type { Connection } from './load.ts';

export type OpenResult = { readonly per_second: number; readonly p50_ms: number; readonly p99_ms: number };

/** Beyond this the server cannot keep up, and waiting longer would only fill memory. */
const BACKLOG_MAX = 50_000;

/**
 * Requests come when they come, whether or not the last was answered; latency counts from when each should
 * have been sent, so that a stall is not forgotten. Each connection takes the next as soon as it is free.
 */
export async function openLoop(
  rate: number,
  seconds: number,
  connections: readonly Connection[],
  ask: (connection: Connection, at: number) => Promise<void>,
): Promise<OpenResult> {
  const latencies: number[] = [];
  const due: number[] = [];
  const start = performance.now();
  let arrived = 0;
  const arrive = (): void => {
    const now = performance.now();
    const until = Math.min(now - start, seconds * 1000);
    for (; (arrived * 1000) / rate < until; arrived += 1) due.push(start + (arrived * 1000) / rate);
    if (due.length > BACKLOG_MAX) throw new Error(`${rate}/s is more than the server takes`);
  };
  const isOver = (): boolean => performance.now() - start >= seconds * 1000 && due.length === 0;
  const work = async (connection: Connection, at: number): Promise<void> => {
    while (!isOver()) {
      arrive();
      const asked = due.shift();
      if (asked === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      await ask(connection, at);
      latencies.push(performance.now() - asked);
    }
  };
  await Promise.all(connections.map(work));
  const passed = (performance.now() - start) / 1000;
  latencies.sort((left, right) => left - right);
  const quantile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { per_second: latencies.length / passed, p50_ms: quantile(0.5), p99_ms: quantile(0.99) };
}
