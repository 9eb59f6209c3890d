import { describe, expect, it } from 'vitest';
import { openAccounts } from '../../src/understanding/accounts.ts';

const BY = 'prn_00000000000000000000000001';
const OTHER = 'prn_00000000000000000000000002';

describe('openAccounts()', () => {
  it('waitOf() lets a burst pass, then asks for twice the time that was used', () => {
    const accounts = openAccounts();
    accounts.charge(BY, 2_000, 0);
    expect([accounts.waitOf(BY, 0), accounts.waitOf(OTHER, 0)]).toEqual([0, 0]);
    accounts.charge(BY, 1_000, 0);
    expect(accounts.waitOf(BY, 0)).toBe(2_000);
    expect(accounts.waitOf(BY, 2_000)).toBe(0);
    accounts.charge(BY, 100, 2_000);
    expect(accounts.waitOf(BY, 2_000)).toBe(200);
  });

  it('charge() forgets who is even again, so that no number of principals fills the memory', () => {
    const accounts = openAccounts();
    for (let at = 0; at < 1_000; at += 1) accounts.charge(`prn_${at}`, 1, at * 10);
    expect(accounts.size()).toBe(1);
  });
});
