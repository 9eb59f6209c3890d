import {
  chmodSync,
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SETUP_MS } from '../../run-writ.ts';
import { callOf, hookIn, type HookWorld, makeHookWorld, run } from '../hook-world.ts';

let world: HookWorld;
/** One line, an odd mode, a member that no host knows. */
const BEFORE = '{"model":"opus","hooks":{"Stop":[{"hooks":[{"type":"command","command":"true"}]}]},"x":1}';

beforeAll(async () => {
  world = await makeHookWorld();
  writeFileSync(world.host_settings, BEFORE);
  chmodSync(world.host_settings, 0o640);
}, SETUP_MS);

const now = (): string => readFileSync(world.host_settings, 'utf8');
const uninstall = () => world.writ('uninstall', 'claude-code');
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('writ install claude-code', () => {
  it('shows what it would write, writes nothing without a person, and hides the key', async () => {
    const words = ['install', 'claude-code', '--host-version', '2.1.317', '--settings', world.host_settings];
    const { exit, out, error } = await world.writ(...words);
    expect({ exit, error }).toMatchObject({ exit: 2, error: expect.stringContaining('PERSON_NEEDED') });
    expect(out).toContain('"Authorization": "Bearer …"');
    expect(now()).toBe(BEFORE);
    expect(existsSync(world.hook)).toBe(false);
  });

  it.each([
    ['2.1.316', 'HOST_TOO_OLD'],
    ['1.0.128', 'HOST_TOO_OLD'],
    ['new', 'HOST_UNKNOWN'],
  ])('refuses a hook over HTTP before %s', async (version, code) => {
    const { exit, error } = await world.install('--host-version', version);
    expect({ exit, error }).toMatchObject({ exit: 1, error: expect.stringContaining(code) });
    expect(now()).toBe(BEFORE);
  });

  it('declares what is missing, keeps keys for their owner alone, and tries the hook', async () => {
    const { exit, out } = await world.install();
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining('Writ observes') });
    expect(JSON.parse(now())).toMatchObject(JSON.parse(BEFORE));
    expect(modeOf(world.host_settings)).toBe(0o600);
    expect(modeOf(world.hook)).toBe(0o700);
    expect(modeOf(join(world.hook, 'claude-code.json'))).toBe(0o600);
    const { out: status } = await world.quick('status');
    expect(status).toContain('Claude Code: observes');
    expect(status).toContain('was judged and refused, as it must be');
  });

  it('changes nothing when it is done again', async () => {
    const before = now();
    const size = JSON.parse((await world.quick('log', 'show', '--json')).out).size;
    expect(await world.install('--port', new URL(hookIn(world.host_settings).url).port)).toMatchObject({
      exit: 1,
    });
    const words = [
      'install',
      'claude-code',
      '--yes',
      '--host-version',
      '2.1.317',
      '--settings',
      world.host_settings,
    ];
    expect(await world.writ(...words)).toMatchObject({ exit: 0 });
    expect(now()).toBe(before);
    const { records } = JSON.parse((await world.quick('log', 'show', '--json', '--from', String(size))).out);
    // A session began, and its canary: two decisions. Nothing was declared again.
    expect(new Set(records.map((one: { head: { kind: string } }) => one.head.kind))).toEqual(
      new Set(['decision']),
    );
  });

  it('leaves no trace but the log: the settings to the byte and in their mode', async () => {
    const { exit, out } = await uninstall();
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining('2 keys') });
    expect(now()).toBe(BEFORE);
    expect(modeOf(world.host_settings)).toBe(0o640);
    expect(existsSync(world.hook)).toBe(false);
    expect(existsSync(world.socket)).toBe(false);
    expect(await uninstall()).toMatchObject({
      exit: 0,
      out: expect.stringContaining('no hook was installed'),
    });
  });

  it('takes only its own hooks out of settings that were changed meanwhile', async () => {
    await world.install();
    const changed = { ...JSON.parse(now()), theme: 'dark' };
    writeFileSync(world.host_settings, JSON.stringify(changed));
    await uninstall();
    expect(JSON.parse(now())).toEqual({ ...JSON.parse(BEFORE), theme: 'dark' });
    writeFileSync(world.host_settings, BEFORE);
  });

  it('writes through a link, and removes settings that were not there before', async () => {
    unlinkSync(world.host_settings);
    const real = join(world.directory, 'dotfiles.json');
    symlinkSync(real, world.host_settings);
    writeFileSync(real, BEFORE);
    await world.install();
    expect(readFileSync(real, 'utf8')).toContain('claude-code');
    await uninstall();
    expect(readFileSync(real, 'utf8')).toBe(BEFORE);
    unlinkSync(world.host_settings);
    await world.install();
    expect(existsSync(world.host_settings)).toBe(true);
    await uninstall();
    expect(existsSync(world.host_settings)).toBe(false);
  });
});

describe('a command as a hook', () => {
  const event = (): string =>
    JSON.stringify(
      callOf(world.project, {
        hook_event_name: 'PreToolUse',
        tool_name: 'Bash',
        tool_input: { command: 'echo never' },
      }),
    );

  it('answers on a host that is too old for HTTP, and starts its door where none is open', async () => {
    const { exit, out } = await world.install('--command', '--host-version', '2.1.100');
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining('WARNING') });
    const { command } = hookIn(world.host_settings);
    expect(command).toMatch(/^\/usr\/bin\/env -i '\/[^']+' '\/[^']+ask\.mjs'$/);
    await world.stopDoor();
    const said = await Promise.all([1, 2, 3].map(() => run('/bin/sh', ['-c', command], '/', event())));
    for (const { exit: ended, out: answer } of said) {
      expect({ ended, answer }).toMatchObject({ ended: 0, answer: expect.stringContaining('RULE_BLOCK') });
    }
  });

  it('blocks, with what helps, where the door cannot be started', async () => {
    const { command } = hookIn(world.host_settings);
    const path = join(world.hook, 'claude-code.json');
    const kept = readFileSync(path);
    // First: a door that is still starting, as one of several, must not open after the other ended.
    writeFileSync(path, '{}');
    await world.stopDoor();
    const { exit, out, error } = await run('/bin/sh', ['-c', command], '/', event());
    writeFileSync(path, kept);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(error).toMatch(/Nothing is permitted.*writ serve, or writ status/);
  });
});
