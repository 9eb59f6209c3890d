import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  diffLines,
  holdsOurs,
  type HostFile,
  withHooks,
  withoutHooks,
} from '../../../src/hook/setup/host-settings.ts';
import { ourGroups, ourHooks } from '../../../src/hook/setup/our-hooks.ts';

const PLACES = { ask: "/home/o'neil/writ/ask.mjs" };
const HOOKS = ourHooks({ port: 8788, key: 'secret', way: 'http' }, PLACES);
const OURS = ourGroups(PLACES);
const fileOf = (text: string | null): HostFile => ({ path: '/settings.json', text, mode: 0o644 });
const FOREIGN = { matcher: 'Bash', hooks: [{ type: 'command', command: '/usr/bin/true' }] };

describe('withHooks()', () => {
  it.each([null, '', '{}', '{"hooks":{}}'])('makes settings of our hooks out of %j', (text) => {
    const settings = JSON.parse(withHooks(fileOf(text), HOOKS, OURS));
    expect(Object.keys(settings.hooks)).toEqual([
      'PreToolUse',
      'PostToolUse',
      'PostToolUseFailure',
      'SessionStart',
    ]);
    expect(settings.hooks.PreToolUse).toMatchObject([
      { matcher: '*', hooks: [{ type: 'http', onFailure: 'block' }] },
    ]);
  });

  it('keeps everything else, in its order and with its indent, and comes to the same twice', () => {
    const stop = `"Stop": [${JSON.stringify(FOREIGN)}], "PreToolUse": [${JSON.stringify(FOREIGN)}]`;
    const text = `{\n\t"z": [1, {"a": null}],\n\t"hooks": {${stop}},\n\t"a": "ä"\n}\n`;
    const once = withHooks(fileOf(text), HOOKS, OURS);
    expect(withHooks(fileOf(once), HOOKS, OURS)).toBe(once);
    expect(once.startsWith('{\n\t"z"')).toBe(true);
    const settings = JSON.parse(once);
    expect(Object.keys(settings)).toEqual(['z', 'hooks', 'a']);
    expect(settings.hooks.PreToolUse[0]).toEqual(FOREIGN);
    expect(JSON.parse(withoutHooks(fileOf(once), OURS))).toEqual(JSON.parse(text));
  });

  it.each([
    ['a member twice', '{"a":1,"a":2}'],
    ['a number that is not exact', '{"a":12345678901234567890}'],
    ['comments', '{"a":1} // b'],
    ['a list', '[]'],
    ['hooks that are no lists', '{"hooks":{"Stop":{}}}'],
  ])('touches nothing that holds %s', (_, text) => {
    expect(() => withHooks(fileOf(text), HOOKS, OURS)).toThrow(/left as it is/);
  });

  it('is taken back by withoutHooks() from any settings', () => {
    const groups = fc.array(fc.constantFrom(FOREIGN, { hooks: [] }), { minLength: 1, maxLength: 3 });
    const hooks = fc.dictionary(fc.constantFrom('PreToolUse', 'SessionStart', 'Stop'), groups, {
      minKeys: 1,
    });
    fc.assert(
      fc.property(fc.record({ model: fc.string({ unit: 'grapheme-ascii' }), hooks }), (settings) => {
        const text = JSON.stringify(settings);
        const merged = withHooks(fileOf(text), HOOKS, OURS);
        expect(holdsOurs(fileOf(merged), OURS)).toBe(true);
        expect(JSON.parse(withoutHooks(fileOf(merged), OURS))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('ourGroups()', () => {
  it('knows hooks of this installation by port, key and way, and no group that holds another one', () => {
    for (const way of ['http', 'command'] as const) {
      const [group] = Object.values(ourHooks({ port: 1, key: 'other', way }, PLACES));
      expect(OURS(group ?? null)).toBe(true);
    }
    expect(OURS(FOREIGN)).toBe(false);
    expect(OURS({ hooks: [...FOREIGN.hooks, { type: 'http', url: 'http://127.0.0.1:1/claude-code' }] })).toBe(
      false,
    );
    expect(OURS({ hooks: [{ type: 'http', url: 'http://127.0.0.1:1/claude-code.example.com' }] })).toBe(
      false,
    );
  });
});

describe('diffLines()', () => {
  it('shows what goes and what comes, with the lines around it', () => {
    expect(diffLines('a\nb\nc\nd\n', 'a\nb\nX\nd\n')).toEqual(['  a', '  b', '- c', '+ X', '  d']);
    expect(diffLines('', 'a\n')).toEqual(['+ a']);
    expect(diffLines('a\n', 'a\n')).toEqual(['  a']);
  });
});
