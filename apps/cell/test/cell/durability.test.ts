import { describe, expect, it } from 'vitest';
import { openDurability } from '../../src/cell/durability.ts';

describe('openDurability()', () => {
  it('answers at once for what is durable, and later for what becomes so', async () => {
    let durable = 3;
    const durability = openDurability(() => durable);
    await durability.upTo(3);
    const order: string[] = [];
    const waiting = durability.upTo(5).then(() => order.push('five'));
    durable = 4;
    durability.reached(4);
    await Promise.resolve();
    order.push('four');
    durable = 5;
    durability.reached(5);
    await waiting;
    expect(order).toEqual(['four', 'five']);
  });

  it.each(['failed', 'down'] as const)('refuses everyone who waits when the writer has %s', async (kind) => {
    const reported: string[] = [];
    const durability = openDurability(() => 1);
    const report = durability.watching((event) => void reported.push(event.kind));
    const waiting = durability.upTo(2);
    const event = { cause: null } as const;
    report(kind === 'failed' ? { ...event, kind, why: 'unknown' } : { ...event, kind, why: 'corrupt' });
    await expect(waiting).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(reported).toEqual([kind]);
    // A size that is reached by other records answers nobody of before.
    durability.reached(2);
  });
});
