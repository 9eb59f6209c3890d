import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../home/temporary.ts';
import { ALL_CANARIES } from './canaries.ts';
import { SLOW_MS } from './run-script.ts';

const CHILD = fileURLToPath(new URL('./canary-child.ts', import.meta.url));

type Scan = { readonly phase: string; readonly finds: string; readonly files: readonly string[] };

/** All of it was there to be scanned. */
const SCANNED = [
  'stdout',
  'stderr',
  'home/state/cell/journal.sqlite-wal',
  'home/state/cell/projections.sqlite-wal',
  'home/state/cell/parts/0000000001.parts',
  'home/config/keys/keystore',
  'backup/journal.sqlite',
];
/** What the canaries went through, as the log says it. */
const ANSWERED = [
  'wrong arguments: refused ARGUMENTS_DIFFER',
  'drift: refused STATE_DRIFT',
  'commit: spent ',
  'again: refused ALREADY_SPENT',
  'outcome: done ',
  'own key: refused INSUFFICIENT_AUTHORITY',
  'key in arguments: judged ALLOWED',
];

test(
  'nothing that came from outside is in clear in any file or log, before an erasure and after it',
  () => {
    const root = temporaryDirectory();
    const directory = join(root, 'written');
    const results = join(root, 'results');
    mkdirSync(directory);
    const [out, err] = ['stdout', 'stderr'].map((name) => openSync(join(directory, name), 'w'));
    const words = ['--conditions=@writ/source', CHILD, directory, results];
    const { status } = spawnSync(process.execPath, words, { stdio: ['ignore', out ?? 1, err ?? 2] });
    closeSync(out ?? 1);
    closeSync(err ?? 2);
    if (status !== 0) throw new Error(readFileSync(join(directory, 'stderr'), 'utf8'));
    const log = readFileSync(join(directory, 'stdout'), 'utf8').split('\n');
    expect(log).toEqual(expect.arrayContaining(ANSWERED));
    expect(log.some((line) => line.startsWith('right key: known'))).toBe(true);
    expect(log.filter((line) => /^(cut|joined) key: refused/.test(line))).toHaveLength(2);
    const scans: readonly Scan[] = JSON.parse(readFileSync(results, 'utf8'));
    expect(scans.map(({ phase }) => phase)).toEqual([
      'running',
      'an action erased',
      'closed',
      'a namespace erased',
      'closed after the erasure',
    ]);
    expect(scans[0]?.files).toEqual(expect.arrayContaining(SCANNED));
    expect(scans[0]?.files.some((path) => /^home\/state\/cell\/snapshots\/./.test(path))).toBe(true);
    for (const { finds } of scans) {
      const lines = finds.split('\n').filter((line) => line.includes(' canary '));
      // The last is the operator's own text, in blobs for all to read: found, it shows that the scan works.
      const operators = ` canary ${ALL_CANARIES.length + 1} `;
      expect(lines.filter((line) => !line.includes(operators))).toEqual([]);
      expect(lines.every((line) => line.includes('/blobs/'))).toBe(true);
      expect(lines.length).toBeGreaterThanOrEqual(2);
    }
  },
  SLOW_MS,
);
