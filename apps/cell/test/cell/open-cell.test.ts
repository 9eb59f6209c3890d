import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commit,
  eraseNamespace,
  initCell,
  propose,
  proveConsistency,
  proveRecord,
  release,
  reportOutcome,
  submit,
} from '@writ/cell';
import { decodeUtf8, encodeUtf8, parseHead, parseVerifierKey, printJson, verifyTlogProof } from '@writ/proof';
import { afterEach, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, homeIn, openIn, proposalOf } from './world.ts';

const worlds: { destroy(): Promise<void> }[] = [];

async function freshWorld(): Promise<CellWorld> {
  const world = await createWorld();
  worlds.push(world);
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.destroy();
});

const ARGS = { path: 'notes.md' };

function commitOf(world: CellWorld, id: string, attempt = 'first') {
  return { by: world.agent, id, attempt, target: 'a target', args_text: printJson(ARGS), scene: null };
}

describe('openCell()', () => {
  it('openCell() carries an action to its outcome, each step proved under the key of the cell', async () => {
    const world = await freshWorld();
    const { cell, settings } = world;
    const decided = await propose(cell, proposalOf(world, ARGS));
    expect(decided.answer).toMatchObject({ kind: 'judged', verdict: 'ALLOW' });
    const spent = await commit(cell, commitOf(world, decided.id));
    expect(spent.answer).toMatchObject({ kind: 'spent', id: decided.id });
    const outcome = await reportOutcome(cell, {
      by: world.agent,
      id: decided.id,
      status: 'succeeded',
      attested_by: 'agent',
      unwrapped: false,
      produced: [],
      spent: [],
      report: { lines: 3 },
    });
    expect(outcome.answer).toMatchObject({ kind: 'done' });
    const trust = { origin: settings.origin, keys: [parseVerifierKey(settings.vkey)] };
    for (const { proven } of [decided, spent, outcome]) {
      const verified = verifyTlogProof(
        encodeUtf8(proven?.proof ?? ''),
        encodeUtf8(proven?.head ?? ''),
        trust,
      );
      expect(Number(verified.index)).toBe(proven?.index);
    }
  });

  it('openCell() folds to the same state after a restart, and goes on under a higher term', async () => {
    const world = await freshWorld();
    const decided = await propose(world.cell, proposalOf(world, ARGS));
    const { printSnapshot } = world.cell.ports.engine.functions;
    const before = JSON.parse(printSnapshot(world.cell.running.state()));
    const again = await world.reopen();
    worlds[0] = again;
    const after = JSON.parse(printSnapshot(again.cell.running.state()));
    expect(after.maps).toEqual(before.maps);
    expect(after.scalars[3]).toBe(before.scalars[3] + 1);
    // The writ outlives the process: its sealed part is read back and opened.
    expect((await commit(again.cell, commitOf(again, decided.id))).answer).toMatchObject({ kind: 'spent' });
  });

  it('openCell() lets one of 100 parallel commits of one writ spend it', async () => {
    const world = await freshWorld();
    const decided = await propose(world.cell, proposalOf(world, ARGS));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => commit(world.cell, commitOf(world, decided.id, `attempt ${n}`))),
    );
    const kinds = answers.map(({ answer }) => answer.kind);
    expect(kinds.filter((kind) => kind === 'spent')).toHaveLength(1);
    const others = answers
      .filter(({ answer }) => answer.kind !== 'spent')
      .map(({ answer }) => 'code' in answer && answer.code);
    expect(new Set(others)).toEqual(new Set(['ALREADY_SPENT']));
  });

  it('openCell() asks a person, releases once, and lifts only what was asked', async () => {
    const world = await freshWorld();
    const asked = await propose(world.cell, proposalOf(world, { text: 'hello' }, { tool: 'mail.send' }));
    const { answer } = asked;
    if (answer.kind !== 'judged' || answer.ticket === null || answer.ticket.binding === null)
      throw new Error('no ticket');
    const { id: ticket, binding } = answer.ticket;
    const early = await release(world.cell, { by: world.agent, ticket, scene: null, claim: null });
    expect(early.answer).toMatchObject({ code: 'TICKET_NOT_APPROVED' });
    const own = {
      kind: 'approve',
      by: world.agent,
      ticket,
      binding,
      proof_of_person: 'p1',
      sealed: '{}',
    } as const;
    expect((await submit(world.cell, own)).answer).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    expect((await submit(world.cell, { ...own, by: world.person })).answer).toMatchObject({ kind: 'done' });
    const answers = await Promise.all(
      [1, 2, 3].map(() => release(world.cell, { by: world.agent, ticket, scene: null, claim: null })),
    );
    const allowed = answers.filter(({ answer: one }) => one.kind === 'judged' && one.verdict === 'ALLOW');
    expect(allowed).toHaveLength(1);
  });

  it('openCell() proves an old record and that the log only grew', async () => {
    const world = await freshWorld();
    const held = await proveConsistency(world.cell, 0);
    for (let n = 0; n < 40; n += 1) await propose(world.cell, proposalOf(world, { path: `file ${n}` }));
    const proven = await proveRecord(world.cell, 3);
    const { settings } = world;
    const trust = { origin: settings.origin, keys: [parseVerifierKey(settings.vkey)] };
    expect(verifyTlogProof(encodeUtf8(proven.proof), encodeUtf8(proven.head), trust).index).toBe(3n);
    expect(parseHead(encodeUtf8(proven.head)).kind).toBe('principal');
    const grown = await proveConsistency(world.cell, held.size);
    expect(grown.size).toBeGreaterThan(held.size);
    expect(grown.hashes.length).toBeGreaterThan(0);
  });

  it('openCell() refuses a second process on the store, and says what to do', async () => {
    const world = await freshWorld();
    await expect(openIn(world.directory)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
  });

  it('openCell() refuses a store that was rolled back', async () => {
    const world = await freshWorld();
    await world.cell.close();
    const copy = mkdtempSync(join(tmpdir(), 'writ-copy-'));
    execFileSync('cp', ['-a', `${join(world.directory, 'state')}/.`, copy]);
    const later = await openIn(world.directory);
    await propose(later, proposalOf(world, ARGS));
    await later.close();
    rmSync(join(world.directory, 'state'), { recursive: true });
    renameSync(copy, join(world.directory, 'state'));
    await expect(openIn(world.directory)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
  });

  it('openCell() refuses a key that others can read, and a missing one', async () => {
    const world = await freshWorld();
    await world.cell.close();
    const key = join(world.directory, 'config', 'keys', 'checkpoint.key');
    chmodSync(key, 0o644);
    await expect(openIn(world.directory)).rejects.toMatchObject({ code: 'KEY_PERMISSIONS' });
    chmodSync(key, 0o600);
    renameSync(key, `${key}.away`);
    await expect(openIn(world.directory)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    renameSync(`${key}.away`, key);
    const again = await openIn(world.directory);
    await again.close();
  });

  it('openCell() names the first bad record of a damaged journal, and refuses to start', async () => {
    const world = await freshWorld();
    const { head } = (await propose(world.cell, proposalOf(world, ARGS))).proven ?? { head: '' };
    await world.cell.close();
    const file = join(world.directory, 'state', 'cell', 'journal.sqlite');
    const bytes = readFileSync(file);
    const at = bytes.indexOf(encodeUtf8(head.slice(0, 40)));
    expect(at).toBeGreaterThan(0);
    bytes[at + 12] = (bytes[at + 12] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(openIn(world.directory)).rejects.toMatchObject({
      code: expect.stringMatching(/CORRUPT|MISMATCH|INVALID/),
    });
  });

  it('initCell() refuses to replace a log that exists', async () => {
    const world = await freshWorld();
    await world.cell.close();
    await expect(initCell(homeIn(world.directory), { name: 'test', now_ms: 1 })).rejects.toMatchObject({
      code: 'STORE_EXISTS',
    });
  });

  it('eraseNamespace() leaves a log that verifies, and nothing to judge on', async () => {
    const world = await freshWorld();
    const decided = await propose(world.cell, proposalOf(world, ARGS));
    const { operator } = world.settings;
    const erased = await eraseNamespace(world.cell, { by: operator, ns: world.ns });
    expect(erased.answer).toMatchObject({ kind: 'done' });
    await expect(propose(world.cell, proposalOf(world, ARGS))).rejects.toMatchObject({
      code: 'NAMESPACE_ERASED',
    });
    const proven = await proveRecord(world.cell, decided.proven?.index ?? 0);
    expect(decodeUtf8(encodeUtf8(proven.head))).toBe(decided.proven?.head);
    const again = await world.reopen();
    worlds[0] = again;
    expect(again.cell.running.phase()).toBe('open');
  });
});
