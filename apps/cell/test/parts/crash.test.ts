import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, systemDisk } from '../../src/parts/disk.ts';
import { partOf } from './contract.ts';
import { type Choose, crashDisk, seeded } from './crash-disk.ts';
import { modelDirectory } from './directory.ts';
import { type Served, serve } from './serve.ts';

const SEEDS = 300;
/** Enough calls for several puts and erasures; the crash comes somewhere within. */
const CALLS_MAX = 60;

type Fate = 'kept' | 'erased';
/** What was answered, and what was under way: `maybe` is the fate a record has if that took effect. */
type Expected = { readonly text: string; readonly fate: Fate; readonly maybe: Fate };

function workload(served: Served, choose: Choose, expected: Map<number, Expected>, firstIndex: number): void {
  let next = firstIndex;
  for (let round = 0; round < 40; round += 1) {
    if (choose(4) > 0 || expected.size === 0) {
      const count = 1 + choose(4);
      const parts = Array.from(
        { length: count },
        (_, part) => `part ${next + part} ${'x'.repeat(choose(3000))}`,
      );
      served.put(...parts.map((text, part) => partOf(next + part, 'ns_a', text)));
      parts.forEach((text, part) => expected.set(next + part, { text, fate: 'kept', maybe: 'kept' }));
      next += count;
      continue;
    }
    const index = [...expected.keys()][choose(expected.size)] ?? 0;
    const record = expected.get(index);
    if (record === undefined) continue;
    expected.set(index, { ...record, maybe: 'erased' });
    served.erase(index);
    expected.set(index, { ...record, fate: 'erased', maybe: 'erased' });
  }
}

/** Runs until the power fails and says what was answered before. */
function runUntilCrash(
  directory: string,
  seed: number,
  open: (choose: Choose) => Disk,
): Map<number, Expected> {
  const choose = seeded(seed);
  const expected = new Map<number, Expected>();
  try {
    workload(serve(directory, open(choose)), choose, expected, 0);
  } catch {
    // The workload ends where the disk does.
  }
  return expected;
}

function verify(directory: string, expected: ReadonlyMap<number, Expected>): readonly string[] {
  const served = serve(directory, systemDisk);
  const wrong: string[] = [];
  for (const [index, { text, fate, maybe }] of expected) {
    const read = served.read(index, text);
    const isKept = read === text && fate === 'kept';
    const isErased = read === '(erased)' && maybe === 'erased';
    if (!isKept && !isErased) wrong.push(`${index}: ${read.slice(0, 40)}`);
  }
  // Work goes on after a crash, and finds its own records again.
  const beyond = Math.max(-1, ...expected.keys()) + 1;
  served.sweep(beyond);
  served.put(partOf(beyond, 'ns_b', 'after the crash'));
  if (served.read(beyond, 'after the crash') !== 'after the crash')
    wrong.push(`${beyond}: lost after the crash`);
  served.close();
  return wrong;
}

test('no answered part is lost, revived or damaged when power fails at any call', () => {
  let crashes = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const directory = modelDirectory();
    let disk: ReturnType<typeof crashDisk> | undefined;
    const expected = runUntilCrash(directory, seed, (choose) => {
      disk = crashDisk(choose, 1 + choose(CALLS_MAX));
      return disk;
    });
    if (disk?.isOver() === true) crashes += 1;
    expect({ seed, wrong: verify(directory, expected) }).toEqual({ seed, wrong: [] });
  }
  expect(crashes).toBeGreaterThan(SEEDS / 2);
});

test('the same crashes do lose parts when nothing is synced', () => {
  let losses = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const directory = modelDirectory();
    const expected = runUntilCrash(directory, seed, (choose) => {
      const disk = crashDisk(choose, 1 + choose(CALLS_MAX));
      return { ...disk, sync: () => {} };
    });
    try {
      losses += verify(directory, expected).length > 0 ? 1 : 0;
    } catch {
      losses += 1;
    }
  }
  expect(losses).toBeGreaterThan(20);
});

test('after an erasure survived a crash, repeating it leaves no byte of the body', () => {
  for (let calls = 1; calls <= 12; calls += 1) {
    const directory = modelDirectory();
    const before = serve(directory, systemDisk);
    before.put(partOf(0, 'ns_a', 'first'), partOf(1, 'ns_a', 'second'), partOf(2, 'ns_b', 'third'));
    before.close();
    const sealed = readSegment(directory);
    try {
      const crashing = serve(directory, crashDisk(seeded(calls), calls));
      crashing.eraseDomain('ns_a');
    } catch {
      // Lost power.
    }
    const after = serve(directory, systemDisk);
    after.eraseDomain('ns_a');
    expect([after.read(0, 'first'), after.read(1, 'second'), after.read(2, 'third')]).toEqual([
      '(erased)',
      '(erased)',
      'third',
    ]);
    after.close();
    const left = readSegment(directory);
    // Bodies are the last bytes of each frame: IV, tag and ciphertext.
    for (const [start, length] of bodiesOf(['first', 'second', 'third']).slice(0, 2)) {
      expect(sealed.subarray(start, start + length).every((byte) => byte === 0)).toBe(false);
      expect(left.subarray(start, start + length).every((byte) => byte === 0)).toBe(true);
    }
  }
});

test('an answered erasure stays overwritten when everything unsynced is lost', () => {
  const directory = modelDirectory();
  const disk = crashDisk(never, Number.POSITIVE_INFINITY);
  const served = serve(directory, disk);
  served.put(partOf(0, 'ns_a', 'first'), partOf(1, 'ns_a', 'second'));
  served.erase(1);
  disk.crash(always, always);
  const [start, length] = bodiesOf(['first', 'second'])[1] ?? [0, 0];
  const left = readSegment(directory).subarray(start, start + length);
  expect(left).toEqual(Buffer.alloc(28 + 'second'.length));
  expect(verify(directory, new Map([[0, { text: 'first', fate: 'kept', maybe: 'kept' }]]))).toEqual([]);
});

test('a mark never promises more of the index than is durable', () => {
  const directory = modelDirectory();
  const disk = crashDisk(never, Number.POSITIVE_INFINITY);
  const served = serve(directory, disk);
  const texts = Array.from({ length: 400 }, (_, index) => `${index} `.padEnd(48 * 1024, 'x'));
  const parts = texts.map((text, index) => partOf(index, 'ns_a', text));
  for (let start = 0; start < parts.length; start += 50) served.put(...parts.slice(start, start + 50));
  // 19 MB are past the first mark. The index loses what it never synced, but not its length.
  disk.crash(always, never);
  const expected = texts.map((text, index) => [index, { text, fate: 'kept', maybe: 'kept' }] as const);
  expect(verify(directory, new Map(expected))).toEqual([]);
});

const always: Choose = () => 0;
const never: Choose = () => 1;

function readSegment(directory: string): Buffer {
  const name = readdirSync(directory).find((file) => file.endsWith('.parts')) ?? '';
  return readFileSync(join(directory, name));
}

function bodiesOf(texts: readonly string[]): (readonly [number, number])[] {
  let offset = 32;
  return texts.map((text) => {
    const start = offset + 76 + 'ns_a'.length;
    offset = start + 28 + text.length;
    return [start, 28 + text.length] as const;
  });
}
