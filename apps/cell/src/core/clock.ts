/**
 * Time as HEART §6 has it: wall time at the last anchor plus what the monotonic clock has counted since. A
 * wall that runs away from that is not believed until both have agreed for a while, and then only by a
 * record.
 */
export type ClockSource = { wall_ms(): number; monotonic_ms(): number };

export type ClockReading =
  | { readonly kind: 'sound'; readonly now_ms: number }
  | { readonly kind: 'suspect'; readonly since_ms: number }
  /** Both clocks agreed long enough after a jump: anchored anew once `accept` is recorded. */
  | { readonly kind: 'jumped'; readonly from_ms: number; readonly to_ms: number };

export type Clock = {
  read(): ClockReading;
  /**
   * Anchors at the wall as it is now: after a `clock` record, or a start. Answers how to take that back, for
   * a record that did not become durable: a jump that no record tells of is not believed.
   */
  anchor(not_before_ms: number): () => void;
};

/** Wall and monotonic time may differ by this much: scheduling and slewing. */
export const SKEW_MAX_MS = 2_000;
/** After a jump both clocks must run alike this long. */
export const SETTLE_MS = 10_000;
/** A longer jump, as of a machine restored from an image, needs a person. */
export const JUMP_MAX_MS: number = 7 * 86_400_000;

export function openClock(source: ClockSource, not_before_ms: number): Clock {
  let wall = Math.max(source.wall_ms(), not_before_ms);
  let monotonic = source.monotonic_ms();
  /** When the wall was first seen away from where it should be, and by how much. */
  let away: { readonly since: number; readonly by: number } | null = null;
  return {
    read() {
      const passed = source.monotonic_ms() - monotonic;
      const expected = Math.floor(wall + passed);
      const difference = source.wall_ms() - expected;
      if (Math.abs(difference) <= SKEW_MAX_MS) {
        away = null;
        return { kind: 'sound', now_ms: expected };
      }
      const now = source.monotonic_ms();
      if (away === null || Math.abs(difference - away.by) > SKEW_MAX_MS)
        away = { since: now, by: difference };
      const settled = now - away.since >= SETTLE_MS && difference > 0 && difference <= JUMP_MAX_MS;
      if (!settled) return { kind: 'suspect', since_ms: away.since };
      return { kind: 'jumped', from_ms: expected, to_ms: source.wall_ms() };
    },
    anchor(not_before) {
      const before = { wall, monotonic, away };
      const takeBack = (): void => {
        ({ wall, monotonic, away } = before);
      };
      wall = Math.max(source.wall_ms(), not_before);
      monotonic = source.monotonic_ms();
      away = null;
      return takeBack;
    },
  };
}
