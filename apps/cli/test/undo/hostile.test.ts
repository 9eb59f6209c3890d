import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { whatFits } from '../../src/undo/measure.ts';
import { takeSnapshot } from '../../src/undo/take-snapshot.ts';
import { undo } from '../../src/undo/undo.ts';
import { runSnapshot } from './run-snapshot.ts';
import { type Ground, makeGround, makeRepository, treeOf } from './tree.ts';

/** Somebody for whom modes count: they do not for root. */
const NOBODY = 65_534;

function asNobody<T>(ground: Ground, work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, dirname(ground.work)]);
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

describe('what cannot be read', () => {
  it.each(['chmod 000 src/a.ts', 'chmod 000 src/deep', 'chmod 311 src', 'chmod 644 src'])(
    'takeSnapshot() keeps nothing, and says so before, after: %s',
    (change) => {
      const ground = makeRepository();
      ground.sh(change);
      asNobody(ground, () => {
        expect(whatFits(ground.place, [ground.work])).toEqual([]);
        const asked = { id: 'act_u', by: 'prn_a', areas: [ground.work] };
        expect(() => takeSnapshot(ground.place, asked)).toThrow(/^SNAPSHOT_UNREADABLE/);
      });
    },
  );

  it.each([
    'chmod 000 src/deep/b.ts src/deep src/a.ts src',
    'chmod 000 src src/deep || true; chmod 000 notes.txt',
    'rm src/a.ts; chmod 555 src',
    'mkdir -p made/within && echo x > made/within/y && chmod 555 made/within made',
    'rm -rf src; echo x > src; chmod 000 src',
  ])('undo() gives back what became unreadable after: %s', (command) => {
    const ground = makeRepository();
    const before = treeOf(ground.work);
    asNobody(ground, () => {
      const id = runSnapshot(ground, command);
      undo(ground.place, id, false);
    });
    expect(treeOf(ground.work)).toEqual(before);
  });
});

describe('what changes while it is read', () => {
  it('takeSnapshot() keeps one content of it or none, never a mixture', async () => {
    const ground = makeGround();
    const size = 3_000_000;
    for (const letter of ['a', 'b']) ground.write(`../outside/${letter}`, Buffer.alloc(size, letter));
    ground.write('file', Buffer.alloc(size, 'a'));
    const writer = spawn(
      'bash',
      ['-c', `while true; do for x in a b; do dd if=../outside/$x of=file bs=64k conv=notrunc; done; done`],
      { cwd: ground.work, stdio: 'ignore', detached: true },
    );
    await setTimeout(100);
    const kept: string[] = [];
    for (let at = 0; at < 15; at += 1) {
      try {
        takeSnapshot(ground.place, { id: `act_${at}`, by: 'prn_a', areas: [ground.work] });
        kept.push(`act_${at}`);
      } catch (error) {
        expect(String(error)).toMatch(/SNAPSHOT_UNSTABLE/);
      }
      await setTimeout(7);
    }
    process.kill(-(writer.pid ?? 0), 'SIGKILL');
    await setTimeout(50);
    for (const id of kept) {
      undo(ground.place, id, true);
      const letters = new Set(treeOf(ground.work).flatMap((line) => line.split(' ').slice(2)));
      const whole = ['a', 'b'].map((letter) => Buffer.alloc(size, letter).toString('base64'));
      expect([...letters].every((content) => whole.includes(content))).toBe(true);
    }
  });
});

/** What an action leaves that has removed, changed, made and turned things into others. */
const LEAVES = `rm -rf ./*; mkdir changed file made; mkdir file/in; echo y > file/in/y; echo now > turned
for n in $(seq 0 59); do echo after > changed/f$n; echo n > made/$n; done; chmod 500 made`;

function stateOf(ground: Ground, before: readonly string[], changed: readonly string[]): string {
  const now = JSON.stringify(treeOf(ground.work));
  if (now === JSON.stringify(changed)) return 'untouched';
  return now === JSON.stringify(before) ? 'whole' : 'part';
}

describe('an undo that is killed', () => {
  it('undo() does the rest the next time, wherever it was', { timeout: 600_000 }, () => {
    const ground = makeGround();
    for (let at = 0; at < 60; at += 1) {
      ground.write(`gone/${at % 7}/f${at}`, `content ${at}\n`);
      ground.write(`changed/f${at}`, `before ${at}\n`);
    }
    ground.write('file', 'becomes a directory');
    ground.sh('mkdir -p turned/deep && echo x > turned/deep/x && chmod 555 gone/1 && ln -s file link');
    const before = treeOf(ground.work);
    const id = runSnapshot(ground, `chmod -R u+w .; ${LEAVES}`);
    const changed = treeOf(ground.work);
    const script = join(ground.outside, 'undo.ts');
    const module = new URL('../../src/undo/undo.ts', import.meta.url).href;
    const call = `undo(${JSON.stringify(ground.place)}, '${id}', false)`;
    writeFileSync(script, `import { undo } from '${module}';\nprocess.stdout.write('ready');\n${call};\n`);
    const program = [process.execPath, '--conditions=@writ/source', script].join(' ');
    let wait_ms = 60;
    let parts = 0;
    for (let round = 0; round < 30 && parts < 3; round += 1) {
      const kill = `exec 3< <(exec ${program}); pid=$!; head -c 5 <&3; sleep ${wait_ms / 1000}; kill -9 $pid`;
      execFileSync('bash', ['-c', `(${kill}) 2>/dev/null; true`], { stdio: 'ignore' });
      const state = stateOf(ground, before, changed);
      if (state === 'part') parts += 1;
      // Later where it had not begun, earlier where it was done.
      wait_ms *= { untouched: 1.6, part: 1.1, whole: 0.6 }[state] ?? 1;
      undo(ground.place, id, false);
      expect(treeOf(ground.work).filter((line) => !line.includes('.writ-undo-'))).toEqual(before);
      ground.sh(`rm -f .writ-undo-* */.writ-undo-* */*/.writ-undo-*; chmod -R u+w .; ${LEAVES}`);
    }
    expect(parts).toBeGreaterThan(0);
  });
});
