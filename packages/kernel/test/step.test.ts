import { describe, expect, it } from 'vitest';
import { emptyState, fold, decodeStored, printSnapshot, restoreSnapshot, decideAgain } from '@writ/kernel';
import { parseHead } from '@writ/proof';
import {
  AGENT,
  commitOf,
  ENGINE,
  hash,
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
      attested_by: 'runner',
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
