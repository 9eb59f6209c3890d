import { isHex } from './characters.ts';

const HYPHEN = 0x2d;
const LENGTH = 36;
/** Where the five groups of a UUID (RFC 9562) begin. */
const GROUPS: readonly number[] = [0, 9, 14, 19, 24];

/** Whether a group of digits that begins at `at` is a group of a UUID, and so no number of anything. */
export function isInUuid(text: string, at: number): boolean {
  return GROUPS.some((offset) => at >= offset && isUuid(text, at - offset));
}

function isUuid(text: string, start: number): boolean {
  for (const group of GROUPS) {
    if (group > 0 && text.charCodeAt(start + group - 1) !== HYPHEN) return false;
  }
  for (let i = 0; i < LENGTH; i++) {
    const unit = text.charCodeAt(start + i);
    if (!isHex(unit) && unit !== HYPHEN) return false;
  }
  return true;
}
