import fc from 'fast-check';
import { encodeUtf8, parseWrit } from '@writ/proof';
import type { Proposed, TransportAnswer } from '@writ/sdk';
import { describe, expect, it } from 'vitest';
import { changeJson, textOf } from '../support/lies.ts';
import { idOf, termHead } from '../support/small-cell.ts';
import { openWorld, uuidOf } from '../support/world.ts';

const ARGS = { path: 'src/main.ts' };
const PROPOSAL = { tool: 'files.read', args: ARGS };

describe('propose()', () => {
  it('gives a writ that verifies when the cell allows', async () => {
    const { client, cell } = await openWorld();
    const proposed = await client.propose(PROPOSAL);
    expect(proposed).toMatchObject({
      verdict: 'ALLOW',
      id: idOf('act', 3),
      expires_at: cell.now_ms + 30_000,
    });
    if (proposed.verdict !== 'ALLOW') return;
    expect(parseWrit(encodeUtf8(proposed.writ)).head).toBe(cell.heads[3]);
  });

  it.each(['ESCALATE', 'NEED_EVIDENCE'] as const)('gives %s with what the record says', async (verdict) => {
    const { client, cell } = await openWorld();
    const ticket = verdict === 'ESCALATE' ? idOf('tkt', 1) : null;
    cell.decision = { verdict, code: 'RULE_ESCALATE', expires_at: null, ticket };
    const proposed = await client.propose(PROPOSAL);
    expect(proposed).toMatchObject({
      verdict,
      code: 'RULE_ESCALATE',
      ticket,
      text: 'a rule asks for a person',
    });
    expect(JSON.stringify(proposed)).not.toContain('as the server puts it');
  });

  it('gives no permission when the cell only observes, and none that it says was observed', async () => {
    const { client, cell } = await openWorld();
    cell.decision = { verdict: 'ALLOW', expires_at: null, wall: 0 };
    const observed = await client.propose(PROPOSAL);
    expect(observed).toMatchObject({ verdict: 'OBSERVED', id: idOf('act', 3), code: 'ALLOWED' });
    expect(observed).not.toHaveProperty('writ');
    cell.decision = { verdict: 'ALLOW', expires_at: null, wall: 1 };
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK' });
  });

  it('gives BLOCK with the reasons in our own words when the cell refuses', async () => {
    const { client, cell } = await openWorld();
    cell.decision = { verdict: 'BLOCK', code: 'NO_RULE', expires_at: null };
    expect(await client.propose(PROPOSAL)).toMatchObject({
      verdict: 'BLOCK',
      id: idOf('act', 3),
      code: 'NO_RULE',
      text: 'no rule allows this',
      reasons: [{ code: 'NO_RULE', class: 'final', text: 'no rule allows this' }],
    });
  });

  it('gives the record of a refusal that was verified, and none of one that is not believed', async () => {
    const world = await openWorld();
    world.cell.decision = { verdict: 'BLOCK', code: 'NO_RULE', expires_at: null };
    const head = () => world.cell.heads.at(-1);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ proven: { head: head() } });
    expect(world.memory.kept.at(-1)?.size).toBe(BigInt(world.cell.heads.length));
    world.lie = (answer, id) =>
      id === 'proposeAction'
        ? changeJson(answer, (value) => ({ ...value, proven: { ...value.proven, head: termHead(1) } }))
        : answer;
    const refused = await world.client.propose(PROPOSAL);
    expect(refused).toMatchObject({ verdict: 'BLOCK', proven: null, reasons: [] });
    expect(refused).not.toMatchObject({ code: 'NO_RULE' });
  });

  it('gives the same writ again under the same key', async () => {
    const { client, cell } = await openWorld();
    const key = uuidOf(cell.now_ms, 77);
    const first = await client.propose(PROPOSAL, key);
    cell.append(termHead(9));
    const again = await client.propose(PROPOSAL, key);
    expect(again).toMatchObject({ verdict: 'ALLOW' });
    // The same permission, proved under a newer checkpoint.
    expect({ ...again, writ: '' }).toEqual({ ...first, writ: '' });
  });

  it('sends what was passed in, whatever becomes of it afterwards', async () => {
    const { client, cell } = await openWorld();
    const args = { path: 'src/main.ts' };
    const pending = client.propose({ tool: 'files.read', args });
    args.path = 'another';
    expect(await pending).toMatchObject({ verdict: 'ALLOW' });
    expect(textOf(cell.requests.at(-1)?.request.body ?? new Uint8Array())).toContain('src/main.ts');
  });

  it.each([
    ['a value that JSON cannot hold', { path: undefined }, 'JSON_NOT_PLAIN'],
    ['an integer that readers take differently', { path: 2 ** 53 }, 'USE_STRING'],
    ['an object of a class', { path: new Map() }, 'JSON_NOT_PLAIN'],
    ['a lone surrogate', { path: '\ud800' }, 'TEXT_NOT_WELL_FORMED'],
  ])('refuses %s and sends nothing', async (_, args, code) => {
    const { client, cell } = await openWorld();
    const count = cell.requests.length;
    expect(await client.propose({ tool: 'files.read', args } as never)).toMatchObject({
      verdict: 'BLOCK',
      code,
    });
    expect(cell.requests).toHaveLength(count);
  });
});

describe('propose() with any byte of a good answer changed', () => {
  it('never allows anything else', async () => {
    const good = await openWorld();
    let answer: TransportAnswer | null = null;
    good.lie = (one, id) => (id === 'proposeAction' ? (answer ??= one) : one);
    const expected = await good.client.propose(PROPOSAL);
    const body = (answer as TransportAnswer | null)?.body ?? new Uint8Array();
    const flip = fc.record({
      at: fc.nat({ max: body.length - 1 }),
      bits: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, bits }) => {
        const changed = body.slice();
        changed[at] = (changed[at] ?? 0) ^ bits;
        const world = await openWorld();
        world.lie = (one, id) => (id === 'proposeAction' ? { ...one, body: changed } : one);
        const proposed = await world.client.propose(PROPOSAL);
        // What is not proved may change: a word of explanation. What is permitted may not.
        if (proposed.verdict === 'ALLOW') expect(contentOf(proposed)).toEqual(contentOf(expected));
        else expect(proposed.verdict).toBe('BLOCK');
      }),
      { numRuns: 600 },
    );
  });
});

/** All that a permission says. Signature lines of strangers may come and go beside it. */
const contentOf = (proposed: Proposed): unknown => {
  if (proposed.verdict !== 'ALLOW') return proposed;
  const { head, nonce } = parseWrit(encodeUtf8(proposed.writ));
  return { ...proposed, writ: { head, nonce } };
};
