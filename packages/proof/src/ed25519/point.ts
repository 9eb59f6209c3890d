import { Failure } from '../failure.ts';

// Edwards25519 (RFC 8032 section 5.1), only as much as judging a public key needs.
const P = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

// The y of the eight points whose order divides 8. Under such a key one signature fits many messages.
const SMALL_ORDER_Y: readonly bigint[] = [
  0n,
  1n,
  P - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
];

/**
 * Refuses what is no sound Ed25519 key: a second spelling of a point (y ≥ p), a point of small order, 32
 * bytes that are no point of the curve. Points with a small-order part beside a sound one are not looked for:
 * a key made that way harms its owner only, and verification here gives one answer for it on every platform.
 */
export function checkPoint(bytes: Uint8Array): void {
  const y = readY(bytes);
  if (y >= P) throw new Failure('KEY_NOT_CANONICAL', 'the point has another, shorter spelling');
  if (isSmallOrder(bytes)) throw new Failure('KEY_SMALL_ORDER', 'a point of small order');
  const squared = (y * y) % P;
  // x² = (y² − 1) / (d·y² + 1) must be a square; so is the product exactly when the quotient is (Euler).
  const product = ((squared + P - 1n) * (D * squared + 1n)) % P;
  if (power(product, (P - 1n) / 2n) !== 1n) throw new Failure('KEY_NOT_ON_CURVE', 'not a point of the curve');
}

/** Whether 32 bytes spell a point whose order divides 8. */
export function isSmallOrder(bytes: Uint8Array): boolean {
  return SMALL_ORDER_Y.includes(readY(bytes));
}

/** The y of an encoded point, its sign bit left out. */
function readY(bytes: Uint8Array): bigint {
  let y = 0n;
  for (let i = 31; i >= 0; i--) {
    const byte = bytes[i] ?? 0;
    y = (y << 8n) | BigInt(i === 31 ? byte & 0x7f : byte);
  }
  return y;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}
