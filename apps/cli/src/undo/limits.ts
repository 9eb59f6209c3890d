/** What one snapshot may cost. Beyond any of these none is taken, and no scene says that one could be. */
export const SNAPSHOT_LIMITS = {
  /** Files, directories and links: a large repository with what it installs; half a second to walk. */
  entries_max: 100_000,
  /** All files together: what a disk copies within the time below. */
  bytes_max: 1_073_741_824,
  /** Longer than this nobody waits for a command to begin. */
  time_ms_max: 20_000,
  /** Deeper trees are made to exhaust whoever walks them. */
  depth_max: 128,
  /** One directory, or one name in it, that is written while it is read is read so often. */
  tries_max: 5,
  /** Of one call: as many as a scene can name. */
  areas_max: 256,
} as const;

/** What all snapshots together may take; the oldest go first, the newest always stays. */
export const RETENTION = {
  /** A day's work is some dozens of commands that destroy something. */
  count_max: 100,
  /** After two weeks nobody undoes a command; they go to a backup. */
  age_ms_max: 1_209_600_000,
  /** Content that is kept once however many snapshots hold it. */
  bytes_max: 4_294_967_296,
} as const;

/** So long a count of a tree answers whether a snapshot of it can be taken. */
export const MEASURE_FRESH_MS = 600_000;

/** Rows of at most this size: memory for one, not for a whole file. */
export const CHUNK_BYTES = 4_194_304;

/**
 * A file that was changed so shortly before a look may change again without another time stamp: file systems
 * count in ticks, some of them in seconds.
 */
export const STAMP_UNSURE_NS: bigint = 2_000_000_000n;
