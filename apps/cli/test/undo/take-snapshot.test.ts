import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RETENTION, SNAPSHOT_LIMITS } from '../../src/undo/limits.ts';
import { whatFits } from '../../src/undo/measure.ts';
import { withSnapshots } from '../../src/undo/open-store.ts';
import { listSnapshots } from '../../src/undo/snapshot.ts';
import { finishSnapshot, takeSnapshot } from '../../src/undo/take-snapshot.ts';
import { lookUndo, undo } from '../../src/undo/undo.ts';
import { runSnapshot } from './run-snapshot.ts';
import { type Ground, makeGround, makeRepository, treeOf } from './tree.ts';

const storeOf = ({ place }: Ground): string =>
  join(place.environment['WRIT_HOME'] ?? '', 'state', 'snapshots', 'snapshots.sqlite');

const idsIn = ({ place }: Ground): readonly string[] =>
  withSnapshots(place, listSnapshots).map(({ id }) => id);

type Change = {
  readonly name: string;
  readonly other: string;
  readonly what: 'write' | 'link' | 'make' | 'remove' | 'mode' | 'move';
  readonly text: string;
  readonly mode: string;
};

describe('takeSnapshot()', () => {
  it('takeSnapshot() keeps it for its owner alone, outside of every work tree', () => {
    const ground = makeRepository();
    runSnapshot(ground, 'true');
    expect(statSync(storeOf(ground)).mode & 0o777).toBe(0o600);
    expect(statSync(join(storeOf(ground), '..')).mode & 0o777).toBe(0o700);
    const inside = { ...ground.place, environment: { WRIT_HOME: join(ground.work, 'state') } };
    const asked = { id: 'act_a', by: 'prn_a', areas: [ground.work] };
    expect(() => takeSnapshot(inside, asked)).toThrow(/STATE_IN_WORKSPACE|SNAPSHOT_PLACE/);
    chmodSync(join(storeOf(ground), '..'), 0o755);
    expect(() => takeSnapshot(ground.place, asked)).toThrow(/^SNAPSHOT_STORE/);
  });

  it('takeSnapshot() keeps the first when it is called again for the same action', () => {
    const ground = makeGround();
    ground.write('a', 'first');
    const asked = { id: 'act_a', by: 'prn_a', areas: [ground.work] };
    takeSnapshot(ground.place, asked);
    ground.write('a', 'second');
    takeSnapshot(ground.place, asked);
    finishSnapshot(ground.place, 'act_a');
    finishSnapshot(ground.place, 'act_a');
    undo(ground.place, 'act_a', false);
    expect(readFileSync(join(ground.work, 'a'), 'utf8')).toBe('first');
  });

  it('takeSnapshot() keeps equal content once', () => {
    const ground = makeGround();
    const bytes = Buffer.alloc(3_000_000, 'x');
    for (const name of ['a', 'b', 'c']) ground.write(name, bytes);
    runSnapshot(ground, 'true');
    ground.sh('cp a d');
    runSnapshot(ground, 'rm d');
    expect(statSync(storeOf(ground)).size).toBeLessThan(2 * bytes.length);
  });

  it('takeSnapshot() opens no FIFO, socket or device, and tells what of them is lost', () => {
    const ground = makeGround();
    ground.sh('mkfifo pipe');
    const id = runSnapshot(ground, 'rm pipe; echo x > new');
    undo(ground.place, id, false);
    expect(lookUndo(ground.place, id).plan.lost).toEqual([join(ground.work, 'pipe')]);
    expect(existsSync(join(ground.work, 'new'))).toBe(false);
  });

  it('takeSnapshot() follows no link out of the place', () => {
    const ground = makeGround();
    writeFileSync(join(ground.outside, 'secret'), 'a secret that nobody may keep');
    symlinkSync(ground.outside, join(ground.work, 'out'));
    symlinkSync(join(ground.outside, 'secret'), join(ground.work, 'file'));
    const id = runSnapshot(ground, 'rm out file');
    expect(readFileSync(storeOf(ground)).includes('a secret that nobody may keep')).toBe(false);
    undo(ground.place, id, false);
    expect(treeOf(ground.work)).toEqual([
      '/ 700',
      `/file -> ${join(ground.outside, 'secret')}`,
      `/out -> ${ground.outside}`,
    ]);
    const through = { id: 'act_t', by: 'prn_a', areas: [join(ground.work, 'out', 'secret')] };
    expect(() => takeSnapshot(ground.place, through)).toThrow(/^SNAPSHOT_PLACE/);
  });

  it.each(['/', '../writ/state', '..'])('takeSnapshot() refuses %s', (name) => {
    const ground = makeGround();
    runSnapshot(ground, 'true');
    const path = name === '/' ? name : join(ground.work, name);
    expect(() => takeSnapshot(ground.place, { id: 'act_x', by: 'prn_a', areas: [path] })).toThrow(
      /^SNAPSHOT_PLACE/,
    );
    expect(whatFits(ground.place, [path])).toEqual([]);
  });

  it('takeSnapshot() keeps nothing of a tree that is too deep, and says so before', () => {
    const ground = makeGround();
    mkdirSync(join(ground.work, ...new Array<string>(SNAPSHOT_LIMITS.depth_max + 1).fill('d')), {
      recursive: true,
    });
    expect(whatFits(ground.place, [ground.work])).toEqual([]);
    const asked = { id: 'act_d', by: 'prn_a', areas: [ground.work] };
    expect(() => takeSnapshot(ground.place, asked)).toThrow(/^SNAPSHOT_TOO_LARGE/);
    expect(idsIn(ground)).toEqual([]);
  });

  it('takeSnapshot() keeps nothing of a tree that is too large, and says so before', () => {
    const ground = makeGround();
    ground.sh(`truncate -s ${SNAPSHOT_LIMITS.bytes_max + 1} huge`);
    expect(whatFits(ground.place, [ground.work])).toEqual([]);
    const asked = { id: 'act_h', by: 'prn_a', areas: [ground.work] };
    expect(() => takeSnapshot(ground.place, asked)).toThrow(/^SNAPSHOT_TOO_LARGE/);
    expect(whatFits(ground.place, [join(ground.work, 'small')])).toEqual([join(ground.work, 'small')]);
  });

  it('takeSnapshot() keeps nothing where a name is no text', () => {
    const ground = makeGround();
    ground.sh("touch $'bad\\xffname'");
    expect(whatFits(ground.place, [ground.work])).toEqual([]);
    const asked = { id: 'act_n', by: 'prn_a', areas: [ground.work] };
    expect(() => takeSnapshot(ground.place, asked)).toThrow(/^SNAPSHOT_UNREADABLE/);
  });

  it('takeSnapshot() gives up the oldest when there are too many, and what only they held', () => {
    const ground = makeGround();
    ground.write('big', Buffer.alloc(2_000_000, 'y'));
    runSnapshot(ground, 'rm big');
    withSnapshots(ground.place, (database: DatabaseSync) =>
      database.exec('UPDATE snapshots SET taken_ms = 0'),
    );
    ground.write('small', 'z');
    const kept = runSnapshot(ground, 'rm small');
    expect(idsIn(ground)).toEqual([kept]);
    expect(statSync(storeOf(ground)).size).toBeLessThan(1_000_000);
    undo(ground.place, kept, false);
    expect(existsSync(join(ground.work, 'small'))).toBe(true);
    for (let at = 0; at < RETENTION.count_max + 2; at += 1) runSnapshot(ground, 'true');
    expect(idsIn(ground)).toHaveLength(RETENTION.count_max);
  });

  it('takeSnapshot() refuses a store that is damaged instead of restoring something else', () => {
    const ground = makeGround();
    ground.write('a', 'as it was');
    const id = runSnapshot(ground, 'rm a');
    const database = new DatabaseSync(storeOf(ground));
    database.exec(
      "UPDATE chunks SET content = CAST('something' AS BLOB) WHERE content = CAST('as it was' AS BLOB)",
    );
    database.close();
    expect(() => undo(ground.place, id, false)).toThrow(/^SNAPSHOT_STORE/);
    expect(existsSync(join(ground.work, 'a'))).toBe(false);
  });

  it('undo() gives back any tree after any changes', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd/e', 'd/f', 'd', 'g/h/i', 'g/h', 'g');
    const change: fc.Arbitrary<Change> = fc.record({
      name,
      what: fc.constantFrom('write', 'link', 'make', 'remove', 'mode', 'move'),
      other: name,
      text: fc.string({ maxLength: 3 }),
      mode: fc.constantFrom('700', '755', '711'),
    });
    const doIt = ({ sh }: Ground, { mode, name: at, other, text, what }: Change): void => {
      const commands = {
        write: `mkdir -p "$(dirname ${at})" && printf %s "$TEXT" > ${at}`,
        link: `mkdir -p "$(dirname ${at})" && ln -sfn ${other} ${at}`,
        make: `mkdir -p ${at}`,
        remove: `rm -rf ${at}`,
        mode: `[ -L ${at} ] || chmod ${mode} ${at}`,
        move: `mv -T ${at} ${other}`,
      };
      const hex = Buffer.from(text).toString('hex').replace(/../g, String.raw`\\x$&`);
      sh(`TEXT=$'${hex}'; (${commands[what]}) 2>/dev/null || true`);
    };
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.array(change, { maxLength: 12 }), (first, then) => {
        const ground = makeGround();
        for (const one of first) doIt(ground, one);
        const before = treeOf(ground.work);
        takeSnapshot(ground.place, { id: 'act_p', by: 'prn_a', areas: [ground.work] });
        for (const one of then) doIt(ground, one);
        finishSnapshot(ground.place, 'act_p');
        undo(ground.place, 'act_p', false);
        expect(treeOf(ground.work)).toEqual(before);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a process that dies', () => {
  it('takeSnapshot() leaves all of a snapshot or nothing when it is killed', () => {
    const ground = makeGround();
    for (let at = 0; at < 200; at += 1) ground.write(`f${at}`, Buffer.alloc(100_000, `${at}`));
    const before = treeOf(ground.work);
    const script = join(ground.outside, 'take.ts');
    const module = new URL('../../src/undo/take-snapshot.ts', import.meta.url).href;
    writeFileSync(
      script,
      `import { takeSnapshot } from '${module}';
for (let at = 0; at < 1000; at += 1) {
  process.stdout.write('x');
  const asked = { id: 'act_k' + at, by: 'prn_a', areas: ['${ground.work}'] };
  takeSnapshot(${JSON.stringify(ground.place)}, asked);
}`,
    );
    for (const wait_s of ['0.2', '0.3', '0.4', '0.6', '0.9']) {
      const program = [process.execPath, '--conditions=@writ/source', script].join(' ');
      execFileSync('bash', ['-c', `timeout -s KILL ${wait_s} ${program} || true`], { stdio: 'ignore' });
    }
    takeSnapshot(ground.place, { id: 'act_after', by: 'prn_a', areas: [ground.work] });
    ground.sh('rm -f f*');
    for (const id of idsIn(ground)) {
      undo(ground.place, id, true);
      expect(treeOf(ground.work)).toEqual(before);
      ground.sh('rm -f f1*');
    }
  });
});
