import type { AppendFault, OpenFault, ReadFault } from '../../src/journal/fault-plan.ts';

type Weights<K extends string> = readonly (readonly [kind: K, weight: number])[];

/** Which faults may happen and how often they did. One world is stormier than another. */
export type Faults = {
  /** While the world settles nothing more goes wrong. */
  calm: boolean;
  signerDown: boolean;
  diskLow: boolean;
  /** The next write tells of something that happens seldom. */
  delicate: boolean;
  partsDown: boolean;
  readonly weights: {
    readonly append: Weights<AppendFault>;
    readonly read: Weights<ReadFault>;
    readonly open: Weights<OpenFault>;
  };
  readonly counts: Map<string, number>;
  count<K extends string>(port: string, kind: K): K;
};

export type Weather = 'fair' | 'windy' | 'stormy';

/** Weight of no fault at all, against which the others are small. */
const CALM: Readonly<Record<Weather, number>> = { fair: 400, windy: 60, stormy: 15 };

export function openFaults(weather: Weather): Faults {
  const none = CALM[weather];
  const counts = new Map<string, number>();
  return {
    calm: false,
    signerDown: false,
    diskLow: false,
    delicate: false,
    partsDown: false,
    weights: {
      append: [
        ['none', none],
        ['slow', 4],
        ['lost-acknowledgement', 2],
        ['late-commit', 3],
        ['failed', 1],
        ['duplicate', 1],
        ['conflict', 1],
      ],
      // Reads happen at recovery only, so each is made to matter.
      read: [
        ['none', none],
        ['slow', 6],
        ['short', 6],
        ['stale', 1],
        ['gap', 1],
        ['torn', 1],
        ['refused', 3],
      ],
      open: [
        ['none', none],
        ['slow', 4],
        ['refused', 4],
      ],
    },
    counts,
    count(port, kind) {
      const name = `${port}:${kind}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return kind;
    },
  };
}
