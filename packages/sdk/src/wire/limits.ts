/** What a server can make a client hold or wait for. */
export const WIRE_LIMITS = {
  /** The largest declared answer is a batch of 256 with their proofs; most are below 10 KB. 8 MiB. */
  answer_bytes_max: 8_388_608,
  /** As deep as every reader of the house goes. */
  answer_depth_max: 64,
  answer_values_max: 1_000_000,
  /** One try and two more: a cell that starts over is back within a second or is away for longer. */
  tries_max: 3,
  /** Who says to come back later than this is not waited for. */
  retry_after_s_max: 10,
} as const;
