/**
 * A plan of faults: which one meets the next call. Seeded, so that a run can be repeated, and shared by
 * successive instances over one store, because what an old instance left in flight meets the new one.
 */
export type AppendFault =
  | 'none'
  | 'slow'
  | 'lost-acknowledgement' // committed, but the answer is `unknown`
  | 'late-commit' //          `unknown` now; the transaction is tried again at a later moment
  | 'failed' //               `unknown`, and never committed
  | 'duplicate' //            delivered twice
  | 'conflict'; //            another writer was faster, or the adapter says so
export type ReadFault = 'none' | 'slow' | 'short' | 'stale' | 'gap' | 'torn' | 'refused';
export type OpenFault = 'none' | 'slow' | 'refused';

/**
 * When a transaction left in flight is tried: on closing the old instance, or around the first steps of the
 * new.
 */
export type LateMoment = 'at-close' | 'before-open' | 'after-open' | 'after-first-append';

export type Weights<Kind extends string> = { readonly [kind in Kind]?: number };

export type FaultOptions = {
  readonly seed: number;
  /** Relative weights; a kind that is not named never happens, and no weights at all means no faults. */
  readonly append?: Weights<AppendFault>;
  readonly read?: Weights<ReadFault>;
  readonly open?: Weights<OpenFault>;
  /** Faults used up in this order before any is drawn. */
  readonly appendScript?: readonly AppendFault[];
  readonly readScript?: readonly ReadFault[];
  readonly openScript?: readonly OpenFault[];
  /** A store that one instance holds exclusively knows `at-close` and `before-open` only. */
  readonly lateMoments?: readonly LateMoment[];
  /** What `slow` waits for. By default some turns of the microtask queue: no clock, no timer. */
  readonly pause?: (turns: number) => Promise<void>;
};

export type FaultPlan = {
  readonly nextAppend: () => AppendFault;
  readonly nextRead: () => ReadFault;
  readonly nextOpen: () => OpenFault;
  readonly nextLateMoment: () => LateMoment;
  /** A number in 0 … bound − 1 of the same sequence. */
  readonly draw: (bound: number) => number;
  readonly pause: (turns: number) => Promise<void>;
  /** How often each fault has happened, for tests that must not pass by accident. */
  readonly counts: ReadonlyMap<string, number>;
  /** The transaction left in flight, if any. Belongs to faulty.ts. */
  readonly inFlight: { current: InFlight | null };
};

export type InFlight = { readonly moment: LateMoment; readonly attempt: () => Promise<void> };

const ALL_MOMENTS: readonly LateMoment[] = ['at-close', 'before-open', 'after-open', 'after-first-append'];

export function createFaultPlan(options: FaultOptions): FaultPlan {
  const random = sequenceOf(options.seed);
  const counts = new Map<string, number>();
  const draw = (bound: number): number => Math.floor(random() * bound);
  const moments = options.lateMoments ?? ALL_MOMENTS;

  const drawer = <Kind extends string>(
    port: string,
    none: Kind,
    weights: Weights<Kind> | undefined,
    script: readonly Kind[] | undefined,
  ): (() => Kind) => {
    const scripted = [...(script ?? [])];
    return () => {
      const kind = scripted.shift() ?? drawWeighted(random, weights ?? {}, none);
      counts.set(`${port}:${kind}`, (counts.get(`${port}:${kind}`) ?? 0) + 1);
      return kind;
    };
  };

  return {
    nextAppend: drawer('append', 'none', options.append, options.appendScript),
    nextRead: drawer('read', 'none', options.read, options.readScript),
    nextOpen: drawer('open', 'none', options.open, options.openScript),
    nextLateMoment: () => moments[draw(moments.length)] ?? 'before-open',
    draw,
    pause: options.pause ?? turnsOf,
    counts,
    inFlight: { current: null },
  };
}

function drawWeighted<Kind extends string>(random: () => number, weights: Weights<Kind>, none: Kind): Kind {
  const entries = Object.entries(weights) as [Kind, number][]; // the mapped type has exactly these keys
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  if (total <= 0) return none;
  let left = random() * total;
  for (const [kind, weight] of entries) {
    left -= weight;
    if (left < 0) return kind;
  }
  return none;
}

async function turnsOf(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}

/**
 * Mulberry32: a small 32-bit generator with a full period. It decides which fault comes next and nothing
 * else.
 */
function sequenceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
