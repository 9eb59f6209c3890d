/** Every refusal of this package, by name. A code never changes its meaning. */
export const UNDERSTAND_CODES = [
  'TEXT_TOO_LARGE',
  'ACTION_TOO_LARGE',
  'ACTION_TOO_DEEP',
  'ACTION_TOO_MANY_VALUES',
  'ACTION_TOO_MANY_DETECTIONS',
] as const;
export type UnderstandCode = (typeof UNDERSTAND_CODES)[number];

/** A refusal: beyond a limit nothing is read in part. The message never repeats foreign text. */
export class UnderstandFailure extends Error {
  readonly code: UnderstandCode;

  constructor(code: UnderstandCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'UnderstandFailure';
    this.code = code;
  }
}
