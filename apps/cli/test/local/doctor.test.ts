import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const IS_ROOT = process.geteuid?.() === 0;
/** `nobody` of most systems; all that matters is that it is somebody else. */
const OTHER = 65_534;

type Probe = {
  readonly name: string;
  readonly held: boolean | null;
  readonly detail: string;
  readonly next: string;
};
type Shown = {
  readonly exit: number;
  readonly wall: number | null;
  readonly complete: boolean;
  readonly claimed: number | null;
  readonly root: boolean;
  readonly probes: readonly Probe[];
};

type Served = { readonly world: World; readonly child: ChildProcess; readonly port: number };

const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children) await stop(child);
});

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** A cell in a process of its own: descriptors of its files that are closed here would drop its locks. */
async function serve(world: World): Promise<Served> {
  const child = world.start('serve', '--port', '0');
  children.push(child);
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`it did not serve: ${out}`)));
    child.stdout?.on('data', () => {
      const found = /http:\/\/localhost:([0-9]+)[^]*writ\.sock/.exec(out);
      if (found !== null) resolve(Number(found[1]));
    });
  });
  return { world, child, port };
}

async function attack(world: World, ...words: string[]): Promise<Shown> {
  const { out, exit } = await world.writ('doctor', '--attack', '--json', ...words);
  const shown = JSON.parse(out) as Shown; // one line of our own program
  expect(shown.exit).toBe(exit);
  return shown;
}

const probeOf = ({ probes }: Shown, name: string): Probe | undefined =>
  probes.find((probe) => probe.name === name);

/** Names, modes and bytes of everything below. */
function digestOf(directory: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(directory, name);
    const found = lstatSync(path);
    hash.update(`${name} ${found.mode} ${found.size} ${found.mtimeMs}\n`);
    if (found.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** A running cell writes its anchor within a second of its last record: what comes after that is ours. */
async function settledDigestOf(directory: string): Promise<string> {
  for (let before = digestOf(directory); ; ) {
    await setTimeout(2_500);
    const now = digestOf(directory);
    if (now === before) return now;
    before = now;
  }
}

const DOORS = ['act as a person', 'take the port', 'touch the process', 'come from a foreign page'];

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
  await world.prepare('key', 'add', 'bot', '--out', 'bot.key');
  await world.prepare('key', 'add', 'me', '--scopes', 'approve', '--out', 'person.key');
  world.file('reader.json', JSON.stringify({ scopes: ['propose', 'read'], wall: 3 }));
  await world.prepare('principal', 'add', 'agent', 'reader', '--profile', 'reader.json');
  await world.prepare('key', 'add', 'reader', '--out', 'reader.key');
}, SETUP_MS);

describe('writ doctor --attack, beside a cell that does not run', () => {
  it('changes nothing, finds the wall of the own user, and says what it could not measure', async () => {
    const before = digestOf(world.directory);
    const shown = await attack(world, '--port', '1');
    expect(digestOf(world.directory)).toBe(before);
    expect(shown).toMatchObject({ exit: 2, wall: 1, complete: false, root: IS_ROOT });
    for (const name of DOORS) expect(probeOf(shown, name)?.held).toBe(null);
    expect(probeOf(shown, 'read the keys')?.held).toBe(false);
    expect(probeOf(shown, 'edit the state')?.held).toBe(false);
    expect(probeOf(shown, 'forge an answer')?.held).toBe(true);
  });

  it('prints none of what it read', async () => {
    const { out, error } = await world.writ('doctor', '--attack', '--key', 'bot.key', '--port', '1');
    const keys = join(world.home, 'config', 'keys');
    const secrets = [join(keys, 'checkpoint.key'), join(world.directory, 'bot.key')];
    for (const line of secrets.flatMap((path) => readFileSync(path, 'latin1').split('\n')))
      if (line.length > 20) expect(out + error).not.toContain(line.slice(-20));
  });

  it('says plainly that this is a sign, and what the next step up is', async () => {
    const { out } = await world.writ('doctor', '--attack', '--port', '1');
    expect(out).toMatch(/wall 1 at most, for not everything was measured\. sign: it stops mistakes/);
    expect(out).toMatch(
      IS_ROOT ? /next: nothing is closed to root/ : /next: run the cell as another OS user/,
    );
  });

  it('is no wall at all where nothing of Writ is', async () => {
    const shown = await attack(makeWorld(), '--port', '1');
    expect(shown).toMatchObject({ exit: 2, wall: null });
  });

  it.each([
    ['without --attack', ['doctor'], 'say --attack'],
    ['a wall that is none', ['doctor', '--attack', '--claimed', '5'], '--claimed is a wall'],
    ['a port that is none', ['doctor', '--attack', '--port', '99999'], '--port is a port'],
    ['a key that is none', ['doctor', '--attack', '--key', 'policy.yaml'], '--key is a file'],
  ])('refuses %s', async (_why, words, says) => {
    const { exit, error } = await world.quick(...words);
    expect(exit).toBe(2);
    expect(error).toContain(says);
  });
});

describe('writ doctor --attack, against a running cell', () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve(world);
  }, SETUP_MS);
  afterAll(() => stop(served.child));

  const on = () => ['--port', String(served.port)];

  it('finds the doors sound and the user its own: wall 1, and nothing more is claimed', async () => {
    const shown = await attack(world, '--key', 'bot.key', ...on());
    expect(shown).toMatchObject({ exit: 0, wall: 1, complete: true, claimed: null });
    for (const name of ['act as a person', 'forge an answer', 'come from a foreign page'])
      expect(probeOf(shown, name)).toMatchObject({ held: true });
    expect(probeOf(shown, 'touch the process')).toMatchObject({ held: false });
    expect(probeOf(shown, 'touch the process')?.detail).toContain(`process ${served.child.pid ?? ''} `);
  });

  it('leaves no record, no file and no byte behind', async () => {
    const log = (): Promise<unknown> =>
      fetch(`http://localhost:${served.port}/ready`).then((answer) => answer.json());
    const keys = join(world.home, 'config');
    const [before, size] = [await settledDigestOf(keys), await log()];
    await attack(world, '--key', 'bot.key', ...on());
    await attack(world, '--key', 'person.key', ...on());
    expect(await log()).toMatchObject({ size: (size as { readonly size: number }).size }); // of our own door
    expect(digestOf(keys)).toBe(before);
  });

  it('finds a key of a person in the hands of an agent: less than a sign', async () => {
    const shown = await attack(world, '--key', 'person.key', ...on());
    expect(shown).toMatchObject({ exit: 1, wall: 0 });
    expect(probeOf(shown, 'act as a person')).toMatchObject({ held: false });
    expect(probeOf(shown, 'act as a person')?.detail).toMatch(/^(?:get|approve)Ticket as the agent's key/);
  });

  it('holds the wall against what is claimed, and against what the cell has recorded', async () => {
    expect(await attack(world, '--claimed', '2', ...on())).toMatchObject({ exit: 1, wall: 1, claimed: 2 });
    const recorded = await attack(world, '--key', 'reader.key', '--claimed', '1', ...on());
    expect(recorded).toMatchObject({ exit: 1, wall: 1, claimed: 3 });
    expect(probeOf(recorded, 'act as a person')).toMatchObject({ held: true });
  });
});

/** Whether the other user can run this program at all: a checkout may lie where only its owner looks. */
const canBeOther =
  IS_ROOT &&
  spawnSync(process.execPath, ['-e', `require('node:fs').readFileSync(${JSON.stringify(MAIN)})`], {
    uid: OTHER,
    gid: OTHER,
    cwd: '/',
  }).status === 0;

describe.runIf(canBeOther)('writ doctor --attack, as another user (which takes root to become)', () => {
  let other: World;
  let served: Served;

  beforeAll(async () => {
    other = await furnishedWorld();
    await other.prepare('key', 'add', 'bot', '--out', 'bot.key');
    other.file('trust.json', await other.prepare('trust', 'show'));
    copyFileSync(join(other.directory, 'bot.key'), join(other.directory, 'agent.key'));
    chownSync(join(other.directory, 'agent.key'), OTHER, OTHER);
    for (const path of [other.directory, other.home]) chmodSync(path, 0o755);
    served = await serve(other);
  }, SETUP_MS);
  afterAll(() => stop(served.child));

  async function attackAsOther(): Promise<Shown> {
    const words = ['--key', 'agent.key', '--trust', 'trust.json', '--port', String(served.port)];
    const child = spawn(
      process.execPath,
      ['--conditions=@writ/source', MAIN, 'doctor', '--attack', '--json', ...words],
      {
        cwd: other.directory,
        env: { PATH: process.env['PATH'], HOME: '/', WRIT_HOME: other.home },
        uid: OTHER,
        gid: OTHER,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    await new Promise((resolve) => child.once('close', resolve));
    return JSON.parse(out) as Shown; // one line of our own program
  }

  const OWNED = ['read the keys', 'edit the state', 'take the port', 'touch the process'];

  it('holds everywhere in a sound installation, but for the network that is open to it', async () => {
    const shown = await attackAsOther();
    expect(shown).toMatchObject({ complete: true, root: false });
    for (const name of [...OWNED, 'act as a person', 'forge an answer', 'come from a foreign page'])
      expect(probeOf(shown, name)).toMatchObject({ held: true, wall: 3 });
  });

  /** Plants one weakness for as long as a test looks. */
  async function withMode<T>(
    paths: readonly (readonly [string, number])[],
    look: () => Promise<T>,
  ): Promise<T> {
    const before = paths.map(([path]) => [path, lstatSync(path).mode & 0o7777] as const);
    for (const [path, mode] of paths) chmodSync(path, mode);
    try {
      return await look();
    } finally {
      for (const [path, mode] of before) chmodSync(path, mode);
    }
  }

  it('finds a key that everybody can read, and says which', async () => {
    const [config, keys] = [join(other.home, 'config'), join(other.home, 'config', 'keys')];
    const key = join(keys, 'checkpoint.key');
    const planted = [[config, 0o755] as const, [keys, 0o711] as const, [key, 0o644] as const];
    const shown = await withMode(planted, attackAsOther);
    expect(shown.wall).toBe(1);
    expect(probeOf(shown, 'read the keys')).toMatchObject({ held: false, next: `chmod 600 ${key}` });
    expect(probeOf(shown, 'edit the state')).toMatchObject({ held: true });
  });

  it('finds a key that is closed and belongs to it: it could open it', async () => {
    const [config, keys] = [join(other.home, 'config'), join(other.home, 'config', 'keys')];
    const key = join(keys, 'checkpoint.key');
    chownSync(key, OTHER, OTHER);
    const planted = [[config, 0o711] as const, [keys, 0o711] as const, [key, 0] as const];
    const shown = await withMode(planted, attackAsOther).finally(() => chownSync(key, 0, 0));
    expect(probeOf(shown, 'read the keys')).toMatchObject({ held: false });
    expect(probeOf(shown, 'read the keys')?.detail).toContain('but this user owns it');
  });

  it('finds a socket directory in which everybody can write', async () => {
    const [state, run] = [join(other.home, 'state'), join(other.home, 'state', 'run')];
    const shown = await withMode([[state, 0o711] as const, [run, 0o777] as const], attackAsOther);
    expect(probeOf(shown, 'take the port')).toMatchObject({ held: false, next: `chmod 700 ${run}` });
    expect(probeOf(shown, 'read the keys')).toMatchObject({ held: true });
  });

  it('finds a journal that everybody can write, and a home that everybody can move away', async () => {
    const [state, cell] = [join(other.home, 'state'), join(other.home, 'state', 'cell')];
    const journal = join(cell, 'journal.sqlite');
    const planted = [[state, 0o711] as const, [cell, 0o711] as const, [journal, 0o666] as const];
    const written = await withMode(planted, attackAsOther);
    expect(probeOf(written, 'edit the state')).toMatchObject({ held: false });
    expect(probeOf(written, 'edit the state')?.detail).toContain(journal);
    const moved = await withMode([[other.home, 0o777] as const], attackAsOther);
    expect(probeOf(moved, 'edit the state')?.detail).toContain('can be moved away');
  });
});
