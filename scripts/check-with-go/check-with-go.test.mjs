import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { buildChecker, runChecker } from '../check-with-go.mjs';

const SCRIPT = fileURLToPath(new URL('../check-with-go.mjs', import.meta.url));
const VECTORS = new URL('../../vectors/tlog-proof/proofs.json', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'check-with-go-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = buildChecker(folder);
const { cases } = JSON.parse(readFileSync(VECTORS, 'utf8'));

// What Go's reader lets pass and the formats do not: it looks at no extra data, and takes any number of
// hashes.
const MORE_LENIENT = new Set(['the extra data is empty', 'the extra data is not base64']);

const write = (one) => {
  const [proof, leaf] = [join(folder, 'proof'), join(folder, 'leaf')];
  writeFileSync(proof, one.proof);
  writeFileSync(leaf, one.leaf_hex === undefined ? one.leaf : Buffer.from(one.leaf_hex, 'hex'));
  return { proof, leaf, vkey: one.keys[0] ?? 'none+00000000+AA==', origin: one.origin };
};

describe('check-with-go', () => {
  it('says what is missing and exits 2 when there is no Go', () => {
    const { proof, leaf, vkey } = write(cases[0]);
    const env = { PATH: folder };
    const done = spawnSync(process.execPath, [SCRIPT, proof, leaf, vkey], { env, encoding: 'utf8' });
    expect(done.status).toBe(2);
    expect(done.stderr).toContain('apt-get install -y golang-go golang-golang-x-mod-dev');
  });

  it('exits 2 when it is given too little', () => {
    expect(spawnSync(process.execPath, [SCRIPT, 'proof'], { encoding: 'utf8' }).status).toBe(2);
  });

  // Without Go there is nobody to ask; the first test has shown that this is said, not passed over.
  for (const one of program === undefined ? [] : cases) {
    const valid = one.valid === true || MORE_LENIENT.has(one.reason);
    it(`Go says ${valid ? 'valid' : 'invalid'} when ${one.reason}`, () => {
      const { status, text } = runChecker(program, write(one));
      expect({ status, text: status === 0 || text.startsWith('invalid:') }).toEqual({
        status: valid ? 0 : 1,
        text: true,
      });
    });
  }
});
