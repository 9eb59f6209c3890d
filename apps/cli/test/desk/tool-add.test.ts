import { beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

let world: World;

beforeAll(async () => {
  world = makeWorld();
  await world.prepare('init');
}, SETUP_MS);

describe('writ tool add', () => {
  it('refuses a tool whose command is said to be text, and declares nothing', async () => {
    const parameters = { type: 'object', properties: { command: { type: 'string' } } };
    const definition = { v: 1, name: 'x.y', description: '', parameters, effects: ['COMPUTE'] };
    world.file('x.json', JSON.stringify({ ...definition, arguments: { command: 'text' } }));
    const { exit, value } = await world.json('tool', 'add', 'x.json');
    expect({ exit, code: value.code }).toEqual({ exit: 1, code: 'ARGUMENT_UNREAD' });
    world.file('x.json', JSON.stringify({ ...definition, arguments: { command: 'shell' } }));
    expect((await world.json('tool', 'add', 'x.json')).exit).toBe(0);
  });

  it('declares the tools of the release by their names, and no other', async () => {
    expect((await world.json('tool', 'add', 'shell.run', '--known')).exit).toBe(0);
    expect((await world.json('tool', 'add', 'no.tool', '--known')).value.code).toBe('NAME_UNKNOWN');
  });
});
