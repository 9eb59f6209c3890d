// Edwards25519 after RFC 8032 section 5.1, in affine coordinates and a few lines: slow, plain, for vectors
// only.
import { createHash } from 'node:crypto';

export const P = 2n ** 255n - 19n;
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (number, by = P) => ((number % by) + by) % by;

const power = (base, exponent) => {
  let result = 1n;
  for (let square = mod(base), rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
};
const inverse = (number) => power(number, P - 2n);

const D = mod(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** 32 bytes, little-endian, with a sign bit on top. */
export const encodeNumber = (number, sign = 0) => {
  const bytes = Buffer.alloc(32);
  for (let i = 0, rest = number; i < 32; i++, rest >>= 8n) bytes[i] = Number(rest & 255n);
  bytes[31] |= sign << 7;
  return bytes;
};
export const decodeNumber = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

export const ZERO = { x: 0n, y: 1n };
export const add = (one, two) => {
  const mixed = mod(D * one.x * two.x * one.y * two.y);
  return {
    x: mod((one.x * two.y + two.x * one.y) * inverse(1n + mixed)),
    y: mod((one.y * two.y + one.x * two.x) * inverse(1n - mixed)),
  };
};
export const multiply = (point, times) => {
  let result = ZERO;
  for (let double = point, rest = times; rest > 0n; rest >>= 1n, double = add(double, double)) {
    if (rest & 1n) result = add(result, double);
  }
  return result;
};

export const encodePoint = ({ x, y }) => encodeNumber(y, Number(x & 1n));
export const decodePoint = (bytes) => {
  const sign = BigInt(bytes[31] >> 7);
  const y = decodeNumber(bytes) & (2n ** 255n - 1n);
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(x * x) !== square) throw new Error('not a point');
  return { x: (x & 1n) === sign ? x : P - x, y };
};
export const BASE = decodePoint(encodeNumber(mod(4n * inverse(5n))));

const sha512 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();

/** The number k of RFC 8032 section 5.1.6 step 4. */
export const challenge = (r, publicKey, message) => decodeNumber(sha512(r, publicKey, message)) % L;

/** The secret number of a seed. */
export const secretOf = (seed) => {
  const bytes = sha512(seed).subarray(0, 32);
  bytes[0] &= 248;
  bytes[31] = (bytes[31] & 127) | 64;
  return decodeNumber(bytes);
};
