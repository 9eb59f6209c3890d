/**
 * Whether both hold the same bytes. The time depends on the lengths only, as far as JavaScript lets one say
 * so: enough for comparing digests, not a promise about the machine below.
 */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0);
  return difference === 0;
}
