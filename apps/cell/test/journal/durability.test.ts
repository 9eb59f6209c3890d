import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../../../scripts/durability/run.mjs', import.meta.url));
const CHILD = fileURLToPath(new URL('./full-disk-child.ts', import.meta.url));

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const inMount = ['--user', '--map-root-user', '--mount'];
const canMount = spawnSync('unshare', [...inMount, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

describe('a SQLite journal', () => {
  // Without strace there is nothing to look at; the script says how to get it.
  test.skipIf(!canTrace)('answers after the sync, and every crash image has what was answered', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--short'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => !line.startsWith('ok '))).toEqual(['']);
    expect(status).toBe(0);
  });

  // A disk of its own can only be mounted where user namespaces are allowed.
  test.skipIf(!canMount)(
    'goes on from its reserve when the disk is full, with all that was committed',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'writ-full-'));
      // So small that the reserve never finds twice its room, wherever the log was when the disk was full.
      const mounted = `mount -t tmpfs -o size=14m none '${folder}' && exec "$0" "$@"`;
      const words = [...inMount, 'sh', '-c', mounted, process.execPath, CHILD, join(folder, 'journal.db')];
      const { stdout, stderr } = spawnSync('unshare', words, { encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      expect(stderr).toBe('');
      const [, last, size] = /^full (\w+) (\d+)$/m.exec(stdout) ?? [];
      expect(['unknown', 'JOURNAL_FULL']).toContain(last);
      expect(Number(size)).toBeGreaterThan(20);
      expect(stdout).toContain('start JOURNAL_FULL');
      // The attempt that met the full disk may have been committed after all.
      const after = Number(/^relieved committed (\d+)$/m.exec(stdout)?.[1]);
      expect([Number(size) + 10, Number(size) + 11]).toContain(after);
      expect(stdout).toContain(`read ${after} restored false`);
    },
  );
});
