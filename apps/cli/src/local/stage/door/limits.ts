/** What a browser, or whoever else is on this machine, can make the stage hold. */
export const DOOR_LIMITS = {
  head_bytes_max: 16_384,
  body_bytes_max: 16_384,
  body_ms_max: 5_000,
  connections_max: 64,
  /** Pages that are told what happens. */
  listeners_max: 16,
  /** What one page may lag behind before it has to begin anew. */
  unsent_bytes_max: 1_048_576,
  /** Proposals from pages that are on their way. */
  asked_max: 8,
} as const;
