/** What a stranger can make the door hold or wait for. */
export const HTTP_LIMITS = {
  /** Request line and headers: a credential, a host and a few more. */
  head_bytes_max: 16_384,
  head_fields_max: 64,
  /** The head must be there by then, the whole request by the second: slower is ended. */
  head_ms_max: 5_000,
  request_ms_max: 15_000,
  /** How often slow requests are looked for. */
  check_interval_ms: 1_000,
  idle_ms_max: 15_000,
  /** A connection on which nothing moves for so long is ended, also in the middle of an answer. */
  stalled_ms_max: 30_000,
  connections_max: 1_024,
  /** Requests that one connection sends before it takes an answer: more than clients do, and few to hold. */
  requests_ahead_max: 16,
  /** Bodies that are arriving, over all connections. */
  arriving_bytes_max: 67_108_864,
  /** Answers to readers that have not been taken yet, over all connections. */
  leaving_bytes_max: 67_108_864,
  /** Smaller ones are not counted there: as many as may wait are no more than that by themselves. */
  small_answer_bytes: 4_096,
  /** Requests that are being answered; more are told to come back. */
  requests_max: 8_192,
  /** A path is one of ours; the longest names a tile. */
  target_characters_max: 4_096,
  /** How long a list may wait until it has read as far as the caller asks. */
  min_index_wait_ms: 2_000,
  /** After this long a closing door ends what still hangs. */
  closing_ms_max: 10_000,
  /** What a refused caller is told to wait. */
  retry_after_s: 1,
} as const;
