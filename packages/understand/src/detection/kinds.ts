/** What is detected, in the order in which the kinds are named when several stand in one encoded run. */
export const DETECTION_KINDS = ['secret', 'card', 'iban', 'ssn', 'person_id', 'email', 'phone'] as const;
export type DetectionKind = (typeof DETECTION_KINDS)[number];

/**
 * One detected value: `text.slice(start, end)`. `checksum_ok` is true when the kind has a checksum and it
 * fits (one that does not fit is no detection), null when the kind has none.
 */
export type Detection = {
  readonly kind: DetectionKind;
  readonly start: number;
  readonly end: number;
  readonly checksum_ok: true | null;
};

export function unchecked(kind: DetectionKind, start: number, end: number): Detection {
  return { kind, start, end, checksum_ok: null };
}

export function checked(kind: DetectionKind, start: number, end: number): Detection {
  return { kind, start, end, checksum_ok: true };
}
