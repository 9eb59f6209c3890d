import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vectors } from './support.ts';

const FILES = [
  ['checkpoint/bodies.json'],
  ['credential/access-keys.json'],
  ['ed25519/public-keys.json'],
  ['ed25519/signatures.json'],
  ['json/valid.json', 'json/invalid.json'],
  ['note/notes.json'],
  ['note/verifier-keys.json'],
  ['tlog-proof/proofs.json'],
  ['tree/consistency.json'],
  ['tree/inclusion.json'],
  ['tree/tile-paths.json'],
];

describe('vectors', () => {
  it('vectors/generate writes what stands in vectors when it runs again', () => {
    const script = fileURLToPath(new URL('../../../vectors/generate/all.mjs', import.meta.url));
    const done = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status: done.status, stderr: done.stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.each(FILES)('%s has more invalid cases than valid ones, each for a reason of its own', (...files) => {
    const cases = files.flatMap((file) =>
      vectors<{ valid?: boolean; code?: string; canonical?: string; digest?: string }>(file),
    );
    const valid = cases.filter(
      (one) => one.valid === true || (one.canonical ?? one.digest) !== undefined,
    ).length;
    expect(cases.length - valid).toBeGreaterThan(valid);
    expect(new Set(cases.map(({ reason }) => reason)).size).toBe(cases.length);
  });
});
