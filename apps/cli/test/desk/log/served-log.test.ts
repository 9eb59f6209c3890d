import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../../furnished.ts';
import { type Ran, SETUP_MS, type World } from '../../run-writ.ts';
import { type Served, serveWorld } from '../../serving.ts';

let world: World;
let served: Served;

beforeAll(async () => {
  world = await furnishedWorld();
  served = await serveWorld(world);
}, SETUP_MS);
afterAll(() => served.end('SIGTERM'));

const codeOf = ({ error }: Ran): string | undefined => /^writ: ([A-Z_0-9]+): .*\n$/.exec(error)?.[1];
const indexesIn = (out: string): number[] =>
  out
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [(JSON.parse(line) as { index: number }).index] : []));

describe('writ log export, while the cell is served', () => {
  it('writes a file that verifies offline, with all that was answered', async () => {
    const { id } = (await world.json('propose', 'read.json')).value.answer;
    const exported = await world.json('log', 'export', 'served.log');
    expect(exported.exit).toBe(0);
    const verified = await world.quick('verify', 'served.log', '--require-complete');
    expect({ exit: verified.exit, error: verified.error }).toEqual({ exit: 0, error: '' });
    expect(verified.out).toContain('by a checkpoint that was held before');
    expect(readFileSync(join(world.directory, 'served.log'), 'utf8')).toContain(id);
  });

  it('has no state parts, and says from where they come', async () => {
    const refused = await world.quick('log', 'export', 'state.log', '--state');
    expect({ exit: refused.exit, code: codeOf(refused) }).toEqual({ exit: 2, code: 'USAGE' });
  });
});

describe('writ log tail, while the cell is served', () => {
  it('shows the newest ten, proven, and ends with --once', async () => {
    const { exit, out } = await world.quick('log', 'tail', '--once');
    expect(exit).toBe(0);
    expect(out).toMatch(/proven: the checkpoint of \d+ records fits what this client remembers/);
    expect(out).toMatch(/10 records shown/);
  });

  it('shows as many as are asked for, from where they are asked for', async () => {
    const { exit, out } = await world.quick('log', 'tail', '--from', '2', '--count', '3', '--lines');
    expect(exit).toBe(0);
    expect(indexesIn(out)).toEqual([2, 3, 4]);
  });

  it('shows what is added, each record once, until it is interrupted, which is no failure', async () => {
    const from = Number(JSON.parse((await world.quick('log', 'show', '--json')).out).size);
    const child = world.start('log', 'tail', '--from', String(from), '--lines');
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    for (const name of ['read.json', 'other.json', 'publish.json']) await world.json('propose', name);
    while (indexesIn(out).length < 3) await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill('SIGINT');
    const [exit] = (await once(child, 'close')) as [number | null];
    expect(exit).toBe(0);
    expect(indexesIn(out)).toEqual([from, from + 1, from + 2]);
  });

  it.each([
    [['--from', '1000000'], 'USAGE'],
    [['--count', '0'], 'USAGE'],
    [['--json'], 'USAGE'],
  ])('refuses %s', async (words, code) => {
    const { exit, out, error } = await world.quick('log', 'tail', ...words);
    expect(exit).toBe(2);
    expect(out + error).toContain(code);
  });
});

describe('writ log tail, on the store itself', () => {
  it(
    'shows what is there, says that nothing more can come, and ends',
    async () => {
      const own = await furnishedWorld();
      const { exit, out } = await own.quick('log', 'tail');
      expect(exit).toBe(0);
      expect(out).toMatch(/^ +\d+ .* term /m);
      expect(out).toContain('no cell is served here');
    },
    SETUP_MS,
  );
});
