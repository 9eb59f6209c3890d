/** What a door must do when it runs an allowed action; one it cannot meet means it must not run. */
export const OBLIGATIONS = [
  'redact_output',
  'snapshot_first',
  'run_fenced',
  'no_network',
  'max_bytes',
  'notify',
] as const;

export type Obligation = (typeof OBLIGATIONS)[number];
