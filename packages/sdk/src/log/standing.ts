import { equalBytes, type RememberedCheckpoint } from '@writ/proof';
import { ClientFailure } from '../failure.ts';
import { keepCheckpoint, largestKept, linkFrom, type LogPorts, openFirst } from './link.ts';

/**
 * How long a larger log is believed on its signature alone before it must show that it continues the one that
 * was linked last. A proof for every answer would double the round trips and find nothing more of a log that
 * was rolled back, which shows a smaller tree at once; one that forked is found after so many answers or so
 * long.
 */
const LINK_ANSWERS_MAX = 64;
const LINK_INTERVAL_MS = 60_000;

/**
 * Where the log stands as this client has seen it. INVARIANT: what was once found smaller or forked is
 * refused from then on, whatever it shows later.
 */
export type Standing = {
  /** Throws when the log was found to be another one. */
  check(): void;
  /** The largest seen: what an answer to a request that is sent now may not fall behind. */
  floor(): RememberedCheckpoint;
  /** Returns when the checkpoint of a verified answer is remembered, and linked if that is due. */
  accept(checkpoint: RememberedCheckpoint): Promise<void>;
  /** Keeps the code of a refusal if it is one that no later answer can mend. */
  note(code: string): void;
};

type State = {
  seen: RememberedCheckpoint;
  linked: RememberedCheckpoint;
  linked_at: number;
  unlinked_count: number;
  broken: ClientFailure | null;
};

/** Presents the remembered checkpoint to the log, or remembers the first one that is seen. */
export async function openStanding(ports: LogPorts): Promise<Standing> {
  const kept = await largestKept(ports);
  const first = kept === null ? await openFirst(ports) : await linkFrom(ports, kept);
  if (kept === null || kept.size < first.size) await keepCheckpoint(ports, first);
  const linked_at = ports.now_ms();
  const state: State = { seen: first, linked: first, linked_at, unlinked_count: 0, broken: null };
  // One at a time, in the order of the answers: what is remembered only grows.
  let last: Promise<void> = Promise.resolve();
  return {
    check: () => check(state),
    floor: () => state.seen,
    note: (code) => note(state, code),
    async accept(checkpoint) {
      const mine = last.then(() => acceptNow(ports, state, checkpoint));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function check({ broken }: State): void {
  if (broken !== null) throw broken;
}

function note(state: State, code: string): void {
  if (code !== 'ROLLED_BACK' && code !== 'FORKED') return;
  state.broken ??= new ClientFailure(code, 'the log does not continue what this client has seen');
}

async function acceptNow(ports: LogPorts, state: State, checkpoint: RememberedCheckpoint): Promise<void> {
  try {
    check(state);
    if (isDue(state, ports.now_ms())) await link(ports, state, checkpoint);
    else await see(ports, state, checkpoint);
  } catch (error) {
    if (error instanceof ClientFailure) note(state, error.code);
    throw error;
  }
}

async function see(ports: LogPorts, state: State, checkpoint: RememberedCheckpoint): Promise<void> {
  const { seen } = state;
  if (checkpoint.size === seen.size && !equalBytes(checkpoint.root, seen.root)) {
    throw new ClientFailure('FORKED', 'another tree of this size was seen');
  }
  // A smaller one was in flight while a larger came: it was held against its floor when it was verified.
  if (checkpoint.size <= seen.size) return;
  await keepCheckpoint(ports, checkpoint);
  state.seen = checkpoint;
  state.unlinked_count += 1;
}

// With the one at hand. Written so that a clock that is no number, or was set back, is always due.
function isDue({ unlinked_count, linked_at }: State, now_ms: number): boolean {
  const isFresh = now_ms >= linked_at && now_ms - linked_at < LINK_INTERVAL_MS;
  return unlinked_count + 1 >= LINK_ANSWERS_MAX || !isFresh;
}

/**
 * The newest log must continue what was linked last, what another client remembered meanwhile, and what is
 * about to be believed.
 */
async function link(ports: LogPorts, state: State, checkpoint: RememberedCheckpoint): Promise<void> {
  const linked_at = ports.now_ms();
  // Read before it is overtaken.
  const kept = (await largestKept(ports)) ?? state.seen;
  await see(ports, state, checkpoint);
  const newest = await linkFrom(ports, state.linked);
  for (const from of [kept, state.seen]) {
    if (from.size !== state.linked.size) await see(ports, state, await linkFrom(ports, from));
  }
  await see(ports, state, newest);
  state.linked = newest;
  state.linked_at = linked_at;
  state.unlinked_count = 0;
}
