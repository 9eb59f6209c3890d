import type { Command } from '@writ/contract';
import { parseHead, encodeUtf8, openPart, type Head } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { registerPrincipal } from '../support/acts.ts';
import { ADMIN, AGENT, HOME, idOf, NS, openWorld, START_MS, type World } from '../support/world.ts';

const WINDOW_MS = 60_000;

function open(name: string, by: string = AGENT): Command {
  return { kind: 'open_questions', id: idOf('ask', name), by };
}

function close(name: string, explained: number | null, root: string = AGENT): Command {
  return { kind: 'close_questions', id: idOf('ask', name), root, explained, weighed: 640 };
}

function last(world: World): { readonly head: Head; readonly by: unknown } {
  const record = world.records.at(-1);
  if (record === undefined) throw new Error('no record');
  const part = JSON.parse(openPart(record.state).json) as { readonly by: unknown };
  return { head: parseHead(encodeUtf8(record.head)), by: part.by };
}

describe('openQuestions()', () => {
  it('records who asks, in which namespace, from when until when', () => {
    const world = openWorld();
    expect(world.run(open('one'))).toMatchObject({ kind: 'done', id: idOf('ask', 'one') });
    const { head, by } = last(world);
    const when = { from: START_MS, to: START_MS + WINDOW_MS };
    expect(head).toMatchObject({ kind: 'questions', change: 'open', ns: NS, explained: null, ...when });
    expect(by).toBe(AGENT);
    expect(world.state.questions.get(AGENT)).toEqual({ id: idOf('ask', 'one'), ...when });
  });

  it('counts a child on the account of its root, which has one window only', () => {
    const world = openWorld();
    const child = idOf('prn', 'child');
    registerPrincipal(world, child, { root: AGENT });
    world.run(open('one', child));
    expect(last(world).by).toBe(AGENT);
    const { size } = world.state;
    expect(world.run(open('two'))).toMatchObject({ kind: 'refused', code: 'ALREADY_EXISTS', index: null });
    world.now_ms += 2 * WINDOW_MS;
    // Also when it has passed: its counts are not recorded yet.
    expect(world.run(open('three'))).toMatchObject({ kind: 'refused', code: 'ALREADY_EXISTS' });
    expect(world.state.size).toBe(size);
  });

  it('refuses whoever is unknown, unrecorded, and whoever was disabled', () => {
    const world = openWorld();
    const stranger = open('one', idOf('prn', 'stranger'));
    expect(world.run(stranger)).toMatchObject({ code: 'UNAUTHENTICATED', index: null });
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    expect(world.run(open('two'))).toMatchObject({ code: 'PRINCIPAL_DISABLED' });
    expect(world.state.questions.size).toBe(0);
  });
});

describe('closeQuestions()', () => {
  it('records how often, and makes room for the next window', () => {
    const world = openWorld();
    world.run(open('one'));
    world.now_ms += WINDOW_MS + 1;
    expect(world.run(close('one', 12))).toMatchObject({ kind: 'done' });
    const said = { change: 'close', explained: 12, weighed: 640, from: START_MS, to: START_MS + WINDOW_MS };
    expect(last(world).head).toMatchObject({ kind: 'questions', ns: NS, ...said });
    expect(world.state.questions.size).toBe(0);
    expect(world.run(open('two'))).toMatchObject({ kind: 'done' });
  });

  it('says null where nobody can know how often, and when it ended where that was before its time', () => {
    const world = openWorld();
    world.run(open('one', ADMIN));
    world.now_ms += 5;
    world.run(close('one', null, ADMIN));
    expect(last(world).head).toMatchObject({ explained: null, to: START_MS + 5, ns: HOME });
  });

  it('refuses a window that is not open, and one of another id', () => {
    const world = openWorld();
    expect(world.run(close('one', 1))).toMatchObject({ code: 'NOT_FOUND', index: null });
    world.run(open('one'));
    expect(world.run(close('other', 1))).toMatchObject({ code: 'NOT_FOUND', index: null });
    expect(world.run(close('one', 1))).toMatchObject({ kind: 'done' });
    expect(world.run(close('one', 1))).toMatchObject({ code: 'NOT_FOUND', index: null });
  });
});
