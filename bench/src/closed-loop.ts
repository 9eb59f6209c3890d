/** `clients` callers that ask again as soon as they are answered, for a while. */
export type LoopResult = {
  readonly clients: number;
  readonly per_second: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly cpu_us: number;
};

export async function closedLoop(
  clients: number,
  seconds: number,
  operation: (client: number) => Promise<unknown>,
): Promise<LoopResult> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const until = start + seconds * 1000;
  const one = async (client: number): Promise<void> => {
    while (performance.now() < until) {
      const asked = performance.now();
      await operation(client);
      latencies.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  const passed = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((left, right) => left - right);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    clients,
    per_second: latencies.length / passed,
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    cpu_us: (user + system) / latencies.length,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
