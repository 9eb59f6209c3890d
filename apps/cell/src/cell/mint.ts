import { Buffer } from 'node:buffer';
import { randomFillSync } from 'node:crypto';
import type { Salts } from '@writ/contract';
import { RECORDS_PER_COMMAND_MAX } from '@writ/kernel';
import type { Id } from '@writ/proof';

/** Fresh ids and salts. One draw from the system's generator serves many. */
export type Mint = { id(prefix: string): Id; salts(): readonly Salts[] };

const DRAW_BYTES = 16 * 1024;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_CHARACTERS = 26;
/** 26 characters are 130 bits; an id has 128, so the first character is one of eight. */
const FIRST_MASK = 0b111;
const CHARACTER_MASK = 0b11111;
const HEAD_BYTES = 16;
const PART_BYTES = 32;

export function openMint(): Mint {
  const pool = Buffer.alloc(DRAW_BYTES);
  let at = DRAW_BYTES;
  const take = (count: number): number => {
    if (at + count > DRAW_BYTES) {
      randomFillSync(pool);
      at = 0;
    }
    at += count;
    return at - count;
  };
  const salt = (bytes: number): string => {
    const start = take(bytes);
    return pool.toString('base64url', start, start + bytes);
  };
  return {
    id(prefix) {
      const start = take(ID_CHARACTERS);
      let text = `${prefix}_${ALPHABET.charAt((pool[start] ?? 0) & FIRST_MASK)}`;
      for (let n = 1; n < ID_CHARACTERS; n += 1)
        text += ALPHABET.charAt((pool[start + n] ?? 0) & CHARACTER_MASK);
      return text;
    },
    salts() {
      const all: Salts[] = [];
      for (let n = 0; n < RECORDS_PER_COMMAND_MAX; n += 1) {
        all.push({ head: salt(HEAD_BYTES), state: salt(PART_BYTES), sealed: salt(PART_BYTES) });
      }
      return all;
    },
  };
}
