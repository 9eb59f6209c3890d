import type { Command } from '@writ/contract';
import { encodeUtf8, parseHead, SEALED_PART_BYTES_MAX } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { ADMIN, AGENT, commitOf, NS, openWorld, proposal, tagOf } from '../support/world.ts';

const withInput = (text: string) => {
  const world = openWorld();
  const answer = world.run(proposal({ change: { input: JSON.stringify(text) } }));
  return { answer, sealed: world.records.at(-1)?.sealed ?? '' };
};

describe('encodeDraft()', () => {
  it.each([
    { reason: 'one byte a character', unit: 'x' },
    { reason: 'one byte, the last of them', unit: '\u{7f}' },
    { reason: 'two bytes, the first of them', unit: '\u{80}' },
    { reason: 'two bytes, the last of them', unit: '\u{7ff}' },
    { reason: 'three bytes, the first of them', unit: '\u{800}' },
    { reason: 'three bytes below the surrogates', unit: '\u{d7ff}' },
    { reason: 'three bytes above the surrogates', unit: '\u{e000}' },
    { reason: 'three bytes, the last of them', unit: '\u{ffff}' },
    { reason: 'four bytes, the first of them', unit: '\u{10000}' },
    { reason: 'four bytes, the last of them', unit: '\u{10ffff}' },
  ])('encodeDraft() seals to the last byte of the limit, and no more: $reason', ({ unit }) => {
    const empty = encodeUtf8(withInput('').sealed).length;
    const each = encodeUtf8(unit).length;
    const room = SEALED_PART_BYTES_MAX - empty;
    const filled = unit.repeat(Math.floor(room / each)) + 'x'.repeat(room % each);
    const full = withInput(filled);
    expect(full.answer).toMatchObject({ verdict: 'ALLOW' });
    expect(encodeUtf8(full.sealed)).toHaveLength(SEALED_PART_BYTES_MAX);
    expect(withInput(`${filled}x`).answer).toMatchObject({ kind: 'refused', code: 'RECORD_TOO_LARGE' });
  });

  const spend = { attempt: tagOf('a'), target: null };
  const commit = { kind: 'commit', by: AGENT, spend, args: '', recorded: null, scene: [] } as const;
  const foreign: readonly { readonly reason: string; readonly command: object }[] = [
    { reason: 'a character of several bytes in an id', command: { ...commit, id: 'act_\u2603' } },
    { reason: 'words where an id should stand', command: { ...commit, id: 'mail me: a@b.example' } },
    { reason: 'an id that is very long', command: { ...commit, id: 'x'.repeat(700) } },
    {
      reason: 'a session that is no tag, in a scope',
      command: {
        kind: 'freeze',
        id: 'frz_00000000000000000000000001',
        by: ADMIN,
        scope: { scope: 'session', ns: NS, session: '\u2603' },
      },
    },
    {
      reason: 'an effect that nobody listed',
      command: proposal({ change: { judged: proposal().judged.replace('READ_REPO', '\u2603') } }),
    },
  ];
  it.each(foreign)('encodeDraft() lays down nothing that no reader takes: $reason', ({ command }) => {
    const world = openWorld();
    world.run(command as Command);
    for (const { head, state } of world.records) {
      expect(() => parseHead(encodeUtf8(head))).not.toThrow();
      expect(state).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });

  it('encodeDraft() refuses an outcome whose status is none, and the run stays open', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    world.run(commitOf(world, proposed));
    const outcome = {
      kind: 'outcome',
      by: AGENT,
      id: proposed.id,
      status: 'undone',
      attested_by: 'agent',
      unwrapped: false,
      produced: [],
      spent: [],
      sealed: '{}',
    } as unknown as Command;
    expect(world.run(outcome)).toMatchObject({ kind: 'refused', code: 'INVALID_COMMAND' });
    expect(world.state.committed.has(proposed.id)).toBe(true);
  });
});
