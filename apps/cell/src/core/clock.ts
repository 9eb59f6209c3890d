/**
 * Time as spec/36-time.md has it: wall time at the last anchor plus what the monotonic clock has counted
 * since. A wall that runs away from that is not believed until both have agreed for a while, and then only by
 * a record.
 */
export type ClockSource = { wall_ms(): number; monotonic_ms(): number };

export type ClockReading =
  | { readonly kind: 'sound'; readonly now_ms: number }
  | { readonly kind: 'suspect'; readonly since_ms: number }
  /** Both clocks agreed long enough after a jump: anchored anew, with a record that says so. */
  | ({ readonly kind: 'jumped' } & Jump);

/** From what may be believed to what the wall shows. */
export type Jump = { readonly from_ms: number; readonly to_ms: number };

export type Clock = {
  read(): ClockReading;
  /**
   * The moment of a record that cannot wait for the clock: counted on from the last anchor whatever the wall
   * shows, and while the wall is behind the last moment that was sound. Never what a jump claims.
   */
  steady_ms(): number;
  /** How long something takes: the monotonic clock alone, whatever the wall shows and whoever anchors. */
  elapsed_ms(): number;
  /** The jump that a person could accept, of any size and without waiting; null if the wall is not ahead. */
  ahead(): Jump | null;
  /**
   * Anchors at the wall as it is now: after a `clock` record, or a start. Answers how to take that back, for
   * a record that did not become durable: a jump that no record tells of is not believed.
   */
  anchor(not_before_ms: number): () => void;
  /** Anchors at what was recorded, whatever the wall shows: where a start begins to judge the wall. */
  hold(recorded_ms: number): void;
};

/** Wall and monotonic time may differ by this much: scheduling and slewing. */
export const SKEW_MAX_MS = 2_000;
/** After a jump both clocks must run alike this long. */
export const SETTLE_MS = 10_000;
/** A longer jump, as of a machine restored from an image, needs a person. */
export const JUMP_MAX_MS: number = 7 * 86_400_000;
/** A start further than this after the last record needs a person: a quarter is longer than most pauses. */
export const START_AHEAD_MAX_MS: number = 90 * 86_400_000;

type Anchor = {
  readonly wall: number;
  readonly monotonic: number;
  /** The last moment that was called sound: time never goes behind it. */
  readonly floor: number;
  /** When the wall was first seen away from where it should be, and by how much. */
  readonly away: { readonly since: number; readonly by: number } | null;
};

export function openClock(source: ClockSource, not_before_ms: number): Clock {
  const anchorAt = (wall: number): Anchor => ({
    wall,
    monotonic: source.monotonic_ms(),
    floor: wall,
    away: null,
  });
  let at = anchorAt(Math.max(source.wall_ms(), not_before_ms));
  const expect = (): number => Math.floor(at.wall + (source.monotonic_ms() - at.monotonic));
  return {
    read() {
      const expected = expect();
      const shown = source.wall_ms();
      const by = shown - expected;
      if (Math.abs(by) <= SKEW_MAX_MS) {
        at = { ...at, floor: expected, away: null };
        return { kind: 'sound', now_ms: expected };
      }
      const now = source.monotonic_ms();
      const away = at.away === null || Math.abs(by - at.away.by) > SKEW_MAX_MS ? { since: now, by } : at.away;
      at = { ...at, away };
      // Behind, it has caught up with the last sound moment; ahead, a week is the most without a person.
      const near = by > 0 ? by <= JUMP_MAX_MS : shown >= at.floor;
      if (now - away.since < SETTLE_MS || !near) return { kind: 'suspect', since_ms: away.since };
      if (by > 0) return { kind: 'jumped', from_ms: expected, to_ms: shown };
      at = anchorAt(shown);
      return { kind: 'sound', now_ms: shown };
    },
    steady_ms() {
      const expected = expect();
      return source.wall_ms() < expected - SKEW_MAX_MS ? at.floor : expected;
    },
    elapsed_ms: () => source.monotonic_ms(),
    ahead() {
      const jump = { from_ms: expect(), to_ms: source.wall_ms() };
      return jump.to_ms - jump.from_ms > SKEW_MAX_MS ? jump : null;
    },
    anchor(not_before) {
      const before = at;
      at = anchorAt(Math.max(source.wall_ms(), not_before));
      return () => {
        at = before;
      };
    },
    hold(recorded) {
      at = anchorAt(recorded);
    },
  };
}
