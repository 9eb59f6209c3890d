/** Invisible in an editor, or a line break to some programs and not to others. */
export function isForbidden(unit: number): boolean {
  if (unit < 0x20) return unit !== 0x09 && unit !== 0x0d;
  if (unit >= 0x7f && unit <= 0x9f) return true;
  if (unit >= 0x2028 && unit <= 0x202e) return true;
  return unit === 0xfeff || unit === 0xfffe || unit === 0xffff || (unit >= 0x2066 && unit <= 0x2069);
}

/** The same for text that escapes produced. C0 controls may stay: canonical JSON escapes them again. */
export function isPlain(text: string): boolean {
  if (!text.isWellFormed()) return false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x20 && isForbidden(unit)) return false;
  }
  return true;
}
