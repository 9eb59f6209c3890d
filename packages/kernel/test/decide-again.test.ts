import { decideAgain, type RecordedJudgement } from '@writ/kernel';
import { judgementsOf } from './support/judging.ts';
import { describe, expect, it } from 'vitest';
import { answerTo, releaseOf } from './support/acts.ts';
import {
  ALICE,
  commitOf,
  ENGINE,
  hash,
  idOf,
  openWorld,
  proposal,
  tagOf,
  type World,
} from './support/world.ts';

function walked(): World {
  const world = openWorld();
  world.run(proposal({ tool: 'files.write' }));
  world.run(commitOf(world, proposal({ tool: 'files.write' })));
  world.run(proposal({ name: 'refused', tool: 'unknown' }));
  const mail = proposal({ name: 'mail', tool: 'mail.send' });
  world.run(mail);
  world.run(proposal({ name: 'joins', tool: 'mail.send', change: { same: mail.same } }));
  world.run(answerTo(world, mail, ALICE));
  world.run(releaseOf(world, mail));
  world.run(commitOf(world, mail));
  return world;
}

const CHANGES: Readonly<Record<string, unknown>> = {
  args: hash('other'),
  code: 'NO_RULE',
  executor: idOf('prn', 'other'),
  expires_at: 1,
  id: idOf('act', 'other'),
  ns: idOf('ns', 'other'),
  obligations: ['notify'],
  policy: hash('other'),
  reasons: 9,
  state_hash: hash('other'),
  term: 9,
  ticket: idOf('tkt', 'other'),
  time: 1,
  tool: hash('other'),
  verdict: 'NEED_EVIDENCE',
  wall: 4,
};

describe('decideAgain()', () => {
  it('decideAgain() says same of every decision, release and commit', () => {
    const world = walked();
    const found = judgementsOf(world);
    expect(found.map((one) => one.head.kind)).toEqual([
      'decision',
      'commit',
      'decision',
      'decision',
      'decision',
      'release',
      'commit',
    ]);
    for (const one of found) expect(decideAgain(one, ENGINE, world.library)).toEqual({ kind: 'same' });
  });

  it.each(Object.entries(CHANGES))('decideAgain() names %s when the head says %j', (member, value) => {
    const world = walked();
    for (const one of judgementsOf(world)) {
      if (!(member in one.head)) continue;
      const head = { ...one.head, [member]: value } as RecordedJudgement['head'];
      const again = decideAgain({ ...one, head }, ENGINE, world.library);
      expect(again.kind === 'differs' && again.members).toContain(member);
    }
  });

  it('decideAgain() cannot tell when the sealed part was erased, of the record or of its decision', () => {
    const world = walked();
    for (const one of judgementsOf(world)) {
      const erased = { kind: 'undecidable', code: 'ERASED' };
      expect(decideAgain({ ...one, sealed: null }, ENGINE, world.library)).toEqual(erased);
      if (one.head.kind !== 'commit') continue;
      expect(decideAgain({ ...one, decision: null }, ENGINE, world.library)).toEqual(erased);
    }
  });

  it('decideAgain() cannot tell when another engine decided, or the policy is not at hand', () => {
    const world = walked();
    for (const one of judgementsOf(world)) {
      expect(decideAgain(one, hash('other'), world.library)).toEqual({ kind: 'undecidable', code: 'ENGINE' });
    }
    const library = { ...world.library, policy: () => null };
    expect(judgementsOf(world).map((one) => decideAgain(one, ENGINE, library).kind)).toContain('undecidable');
  });

  it('decideAgain() refuses a sealed part that is not the one in the head', () => {
    const world = walked();
    for (const one of judgementsOf(world)) {
      const sealed = one.sealed?.replace('"v":1', '"v":2') ?? null;
      const again = decideAgain({ ...one, sealed }, ENGINE, world.library);
      expect(again).toEqual({ kind: 'differs', members: ['parts.sealed'] });
    }
  });

  it('decideAgain() finds a verdict that was made otherwise on the same recall', () => {
    const world = walked();
    const [first] = judgementsOf(world);
    if (first === undefined || first.sealed === null) throw new TypeError('no decision');
    const sealed = first.sealed.replace('"check":"valid"', '"check":"malformed"');
    const parts = { ...first.head.parts, sealed: hash(`writ/part/sealed/v1\n${sealed}`) };
    const forged = { ...first, sealed, head: { ...first.head, parts } } as RecordedJudgement;
    const again = decideAgain(forged, ENGINE, world.library);
    expect(again.kind === 'differs' && again.members).toEqual(expect.arrayContaining(['verdict', 'code']));
  });

  it('decideAgain() cannot tell when what was recalled is not all there', () => {
    const world = openWorld();
    world.run(proposal({ change: { session: tagOf('s') } }));
    const [first] = judgementsOf(world);
    if (first === undefined || first.sealed === null) throw new TypeError('no decision');
    const sealed = first.sealed.replace('"kind":"loop"', '"kind":"lost"');
    const parts = { ...first.head.parts, sealed: hash(`writ/part/sealed/v1\n${sealed}`) };
    const forged = { ...first, sealed, head: { ...first.head, parts } } as RecordedJudgement;
    expect(decideAgain(forged, ENGINE, world.library)).toEqual({
      kind: 'undecidable',
      code: 'RECALL_MISSING',
    });
  });
});
