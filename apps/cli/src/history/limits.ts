/**
 * What is read of transcripts at most. A line above its bound is longer than an action that can be recorded,
 * and mostly holds what a tool answered; files and bytes are those of years of daily work.
 */
export const HISTORY_LIMITS = {
  /** Folders within folders, as agents nest sessions and their helpers. */
  depth_max: 4,
  folders_max: 10_000,
  files_max: 20_000,
  bytes_max: 4_294_967_296,
  line_bytes_max: 1_048_576,
  calls_max: 200_000,
} as const;
