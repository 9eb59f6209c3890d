import { type Report, simulate } from './simulate.ts';

/** Many worlds, one seed after another, until so many interleavings were seen or a rule was broken. */
export type Campaign = {
  readonly worlds: number;
  readonly steps: number;
  readonly interleavings: number;
  readonly records: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly checks: ReadonlyMap<string, number>;
  readonly failed: Report | null;
};

export async function runCampaign(
  seed: number,
  interleavings: number,
  onWorld: (report: Report, seen: number) => void = () => {},
): Promise<Campaign> {
  const faults = new Map<string, number>();
  const checks = new Map<string, number>();
  const sums = { worlds: 0, steps: 0, interleavings: 0, records: 0 };
  let failed: Report | null = null;
  while (sums.interleavings < interleavings && failed === null) {
    const report = await simulate(seed + sums.worlds);
    sums.worlds += 1;
    sums.steps += report.steps;
    sums.interleavings += report.interleavings;
    sums.records += report.records;
    add(faults, report.faults);
    add(checks, report.checks);
    if (report.violation !== null) failed = report;
    onWorld(report, sums.interleavings);
  }
  return { ...sums, faults, checks, failed };
}

function add(sums: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [name, count] of counts) sums.set(name, (sums.get(name) ?? 0) + count);
}
