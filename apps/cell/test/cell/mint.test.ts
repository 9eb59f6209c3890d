import { RECORDS_PER_COMMAND_MAX } from '@writ/kernel';
import { isDigest, isId, isTag } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { openMint } from '../../src/cell/mint.ts';

/** Several times what one draw from the generator holds. */
const MANY = 5_000;

describe('mint', () => {
  it('id() is an id of the record format with its prefix', () => {
    const mint = openMint();
    for (let made = 0; made < MANY; made += 1) {
      const id = mint.id('act');
      expect(isId(id)).toBe(true);
      expect(id).toMatch(/^act_[0-7]/);
    }
  });

  it('id() never comes twice, from one mint or from two', () => {
    const mints = [openMint(), openMint()];
    const ids = Array.from({ length: MANY }, () => mints.map((mint) => mint.id('act'))).flat();
    expect(new Set(ids).size).toBe(2 * MANY);
  });

  it('id() uses every character in every place', () => {
    const mint = openMint();
    const seen = Array.from({ length: 26 }, () => new Set<string>());
    for (let made = 0; made < MANY; made += 1) {
      const characters = mint.id('act').slice(4);
      for (let at = 0; at < characters.length; at += 1) seen[at]?.add(characters.charAt(at));
    }
    expect(seen.map(({ size }) => size)).toEqual([8, ...Array.from({ length: 25 }, () => 32)]);
  });

  it('salts() are enough for all records of one command, 128 bits a head and 256 a part', () => {
    const all = openMint().salts();
    expect(all).toHaveLength(RECORDS_PER_COMMAND_MAX);
    for (const { head, state, sealed } of all) {
      expect([isTag(head), isDigest(state), isDigest(sealed)]).toEqual([true, true, true]);
    }
  });

  it('salts() never share bytes with each other or with ids, also where one draw ends', () => {
    const mint = openMint();
    const seen = new Set<string>();
    for (let made = 0; made < MANY; made += 1) {
      mint.id('act');
      for (const { head, state, sealed } of mint.salts()) {
        for (const salt of [head, state, sealed]) {
          // The first 16 bytes of a longer salt would be a head's salt if the pool were read twice.
          seen.add(salt.slice(0, 20));
        }
      }
    }
    expect(seen.size).toBe(MANY * 3 * RECORDS_PER_COMMAND_MAX);
  });
});
