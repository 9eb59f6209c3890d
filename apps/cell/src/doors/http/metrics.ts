import type { Code } from '@writ/contract';
import type { OperationId } from '@writ/contract/api';
import type { Cell } from '../../cell/open-cell.ts';
import type { PoolStatus } from '../../understanding/pool.ts';

/** Counters of one door. Labels come from closed lists only, so nobody can make them many. */
export type Metrics = {
  answered(operation: OperationId, status: number, seconds: number): void;
  refused(code: Code): void;
  failed(): void;
  /** Nobody was there any more to take the answer. */
  abandoned(): void;
  print(cell: Cell): string;
};

const BUCKETS_S: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

type Timing = { readonly buckets: number[]; count: number; sum_s: number };

export function openMetrics(): Metrics {
  const requests = new Map<string, number>();
  const timings = new Map<OperationId, Timing>();
  const refusals = new Map<Code, number>();
  let [failures, abandoned] = [0, 0];
  return {
    answered(operation, status, seconds) {
      bump(requests, `operation="${operation}",status="${status}"`);
      const timing = timings.get(operation) ?? { buckets: BUCKETS_S.map(() => 0), count: 0, sum_s: 0 };
      const slot = BUCKETS_S.findIndex((bound) => seconds <= bound);
      if (slot >= 0) timing.buckets[slot] = (timing.buckets[slot] ?? 0) + 1;
      timing.count += 1;
      timing.sum_s += seconds;
      timings.set(operation, timing);
    },
    refused: (code) => bump(refusals, code),
    failed() {
      failures += 1;
    },
    abandoned() {
      abandoned += 1;
    },
    print: (cell) =>
      [
        ...counter('writ_requests_total', 'requests by operation and status', [...requests]),
        ...counter(
          'writ_refused_total',
          'requests refused before they were routed, by code',
          [...refusals].map(([code, count]) => [`code="${code}"`, count]),
        ),
        ...counter('writ_door_failures_total', 'requests that met a failure the door does not know', [
          ['', failures],
        ]),
        ...counter('writ_abandoned_total', 'answers that nobody was there to take', [['', abandoned]]),
        ...[...timings].flatMap(([operation, timing]) => histogram(operation, timing)),
        ...ofCell(cell),
        '',
      ].join('\n'),
  };
}

function bump<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function counter(
  name: string,
  help: string,
  rows: readonly (readonly [string, number])[],
): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} counter`,
    ...rows.map(([labels, count]) => line(name, labels, count)),
  ];
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, line(name, '', value)];
}

function line(name: string, labels: string, value: number): string {
  return labels === '' ? `${name} ${value}` : `${name}{${labels}} ${value}`;
}

function histogram(operation: OperationId, { buckets, count, sum_s }: Timing): readonly string[] {
  const name = 'writ_request_seconds';
  let below = 0;
  const rows = BUCKETS_S.map((bound, at) => {
    below += buckets[at] ?? 0;
    return line(`${name}_bucket`, `operation="${operation}",le="${bound}"`, below);
  });
  return [
    ...rows,
    line(`${name}_bucket`, `operation="${operation}",le="+Inf"`, count),
    line(`${name}_sum`, `operation="${operation}"`, sum_s),
    line(`${name}_count`, `operation="${operation}"`, count),
  ];
}

function ofCell(cell: Cell): readonly string[] {
  const state = cell.running.state();
  const { unauthenticated, folded } = cell.tallies.counters();
  const lists = cell.followers.projections.status();
  return [
    ...gauge('writ_log_size', 'records that are durable', cell.running.durableSize()),
    ...gauge('writ_term', 'the term of the writer', state.term),
    ...gauge('writ_open_writs', 'permissions that wait to be spent', state.permitted.size),
    ...gauge('writ_without_outcome', 'spent permissions without an outcome', state.committed.size),
    ...gauge('writ_tickets', 'tickets that are not closed', state.tickets.size),
    ...gauge('writ_lists_behind', 'durable records that the lists have not read', lists.target - lists.as_of),
    ...counter('writ_unauthenticated_total', 'commands by nobody known', [['', unauthenticated]]),
    ...counter('writ_folded_total', 'refusals that repeat a record', [['', folded]]),
    ...ofUnderstanding(cell.understanding.status()),
    ...counter(
      'writ_background_failures_total',
      'failures of what goes on behind the answers, by what it is',
      Object.entries(failuresOf(cell)).map(([what, count]) => [`what="${what}"`, count]),
    ),
  ];
}

function ofUnderstanding(status: PoolStatus): readonly string[] {
  const { threads, waiting, timeouts, failures, refused } = status;
  return [
    ...gauge('writ_understanding_threads', 'threads that understand', threads),
    ...gauge('writ_understanding_waiting', 'proposals that wait for one', waiting),
    ...counter('writ_understanding_ended_total', 'threads that one text ended, by how', [
      ['how="timeout"', timeouts],
      ['how="failure"', failures],
    ]),
    ...counter('writ_understanding_refused_total', 'proposals that were not tried', [['', refused]]),
  ];
}

/** Each by name, also while it is zero: an alert on a series that is not there never rings. */
function failuresOf(cell: Cell): Readonly<Record<string, number>> {
  const { upkeep, erasures, snapshots, projections, scrub } = cell.background();
  return {
    ...Object.fromEntries(Object.entries(upkeep).map(([step, { failures }]) => [step, failures])),
    erasures: erasures.failures,
    snapshots: snapshots.failures,
    lists: projections.failures,
    scrub: scrub?.failures ?? 0,
  };
}
