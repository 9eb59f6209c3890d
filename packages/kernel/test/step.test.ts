import { describe, expect, it } from 'vitest';
import type { Command } from '@writ/contract';
import {
  decideAgain,
  decodeStored,
  emptyState,
  fold,
  printSnapshot,
  restoreSnapshot,
  step,
} from '@writ/kernel';
import { parseHead } from '@writ/proof';
import { registerPrincipal } from './support/acts.ts';
import {
  ADMIN,
  AGENT,
  commitOf,
  ENGINE,
  hash,
  idOf,
  NS,
  openWorld,
  proposal,
  sealedOf,
  tagOf,
  type World,
} from './support/world.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function refolded(world: World) {
  return fold(
    emptyState(),
    world.records.map((record) => decodeStored(hash, bytes(record.head), record.state)),
  );
}

describe('step()', () => {
  it('step() permits, spends and finishes an action when everything allows it', () => {
    const world = openWorld();
    const proposed = proposal({ tool: 'files.write' });
    const decided = world.run(proposed);
    expect(decided).toMatchObject({
      kind: 'judged',
      verdict: 'ALLOW',
      code: 'ALLOWED',
      obligations: ['snapshot_first'],
    });
    const spent = world.run(commitOf(world, proposed));
    expect(spent).toMatchObject({ kind: 'spent', id: proposed.id });
    const finished = world.run({
      kind: 'outcome',
      by: AGENT,
      id: proposed.id,
      status: 'succeeded',
      attested_by: 'agent',
      unwrapped: false,
      produced: [],
      spent: [],
      sealed: '{}',
    });
    expect(finished).toMatchObject({ kind: 'done' });
    expect(printSnapshot(refolded(world))).toBe(printSnapshot(world.state));
    expect(printSnapshot(restoreSnapshot(printSnapshot(world.state)))).toBe(printSnapshot(world.state));
  });

  it('step() makes heads that parse strictly and decide again the same', () => {
    const world = openWorld();
    const proposed = proposal({
      tool: 'files.write',
      change: { claim: { attempt: tagOf('x'), target: null } },
    });
    expect(world.run(proposed)).toMatchObject({ kind: 'spent' });
    for (const record of world.records) {
      const head = parseHead(bytes(record.head));
      if (head.kind === 'decision') {
        expect(decideAgain({ head, sealed: record.sealed, decision: null }, ENGINE, world.library)).toEqual({
          kind: 'same',
        });
      }
      if (head.kind === 'commit') {
        const sealed = sealedOf(world, proposed.id);
        const commitment = world.records.find((other) => other.sealed === sealed)?.sealed_commitment ?? '';
        expect(
          decideAgain(
            { head, sealed: record.sealed, decision: { sealed, commitment } },
            ENGINE,
            world.library,
          ),
        ).toEqual({ kind: 'same' });
      }
    }
  });
});

describe('step(), what goes wrong', () => {
  it('step() refuses with QUARANTINED what made the cell fail before, and does not look at it', () => {
    const world = openWorld();
    const looked = { ...proposal(), judged: undefined as unknown as string };
    const stamp = { ...world.stamp(), quarantined: true };
    const { records, answer } = step(world.state, looked, stamp, world.library);
    expect(answer).toMatchObject({ kind: 'refused', code: 'QUARANTINED' });
    expect(parseHead(bytes(records[0]?.head ?? ''))).toMatchObject({ kind: 'refusal', code: 'QUARANTINED' });
  });

  it.each([
    { reason: 'no command', command: null },
    { reason: 'an unknown kind', command: { kind: 'promote', by: AGENT } },
    { reason: 'no members', command: { kind: 'propose' } },
    { reason: 'members of other types', command: { kind: 'propose', by: AGENT, judged: 7, costs: 'all' } },
    { reason: 'no scope', command: { kind: 'freeze', id: idOf('frz', '1'), by: ADMIN, scope: null } },
    { reason: 'no definition', command: { kind: 'register_principal', by: ADMIN, ns: NS, principal: 'x' } },
    { reason: 'an own principal', command: { kind: 'freeze', by: '__proto__', scope: { scope: 'all' } } },
  ])('step() never throws and never allows when it is given $reason', ({ command }) => {
    const world = openWorld();
    const before = printSnapshot(world.state);
    const { size } = world.state;
    const given = command as unknown as Command;
    const { records, answer } = step(world.state, given, world.stamp(), world.library);
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(records.length).toBeLessThanOrEqual(1);
    for (const record of records) expect(parseHead(bytes(record.head)).kind).toBe('refusal');
    if (records.length === 0) expect(printSnapshot(world.state)).toBe(before);
    expect(world.state.size).toBe(size + records.length);
  });

  it('step() needs salts for each record that it makes', () => {
    const world = openWorld();
    const stamp = { now_ms: world.now_ms, salts: [] };
    expect(() => step(world.state, proposal(), stamp, world.library)).toThrow(RangeError);
  });
});

describe('step(), sizes', () => {
  it('step() refuses with RECORD_TOO_LARGE what its state part cannot hold, and changes nothing else', () => {
    const world = openWorld();
    const before = world.state.principals.get(AGENT);
    const scopes = Array.from({ length: 1000 }, () => 'propose' as const);
    const answer = registerPrincipal(world, AGENT, { scopes });
    expect(answer).toMatchObject({ kind: 'refused', code: 'RECORD_TOO_LARGE' });
    expect(world.state.principals.get(AGENT)).toBe(before);
  });

  it('step() makes no record of a failure of the cell itself', () => {
    const world = openWorld();
    const folded = [{ index: 1, count: 1e21 }];
    const tick = { kind: 'tick', id: 'x'.repeat(2000), folded } as const;
    expect(world.run(tick)).toMatchObject({ kind: 'refused', index: null, code: 'INVALID_COMMAND' });
  });
});
