// Lets an independent program judge an exported proof: `node scripts/check-with-go.mjs PROOF LEAF VKEY
// [ORIGIN]`. PROOF is a c2sp.org/tlog-proof file, LEAF the exact bytes of the entry, VKEY the text of the
// log's key, ORIGIN the log's origin (the name of the key, if left out). Exits 0 when valid, 1 when not, 2
// when it cannot tell.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('check-with-go/main.go', import.meta.url));
// Debian keeps the sources of Go libraries here, and no network is wanted for a check.
const GOPATH = process.env['GOPATH'] ?? '/usr/share/gocode';
const ENVIRONMENT = { ...process.env, GOPATH, GO111MODULE: 'off', GOFLAGS: '-mod=mod' };
const GO = 'go';
const MISSING = `Go or golang.org/x/mod is not here. On Debian and Ubuntu:
  apt-get update && apt-get install -y golang-go golang-golang-x-mod-dev
Elsewhere: install Go, put golang.org/x/mod under a GOPATH, and name that in the environment.`;

/** Builds the program into `folder`; returns its path, or undefined when Go or the library is absent. */
export const buildChecker = (folder) => {
  const program = join(folder, 'check-with-go');
  const built = spawnSync(GO, ['build', '-o', program, PROGRAM], { env: ENVIRONMENT, encoding: 'utf8' });
  return built.status === 0 ? program : undefined;
};

/** The verdict of a built program: { status, text }. */
export const runChecker = (program, { proof, leaf, vkey, origin }) => {
  const done = spawnSync(program, [proof, leaf, vkey, origin ?? vkey.split('+')[0]], { encoding: 'utf8' });
  return { status: done.status ?? 2, text: `${done.stdout}${done.stderr}`.trim() };
};

const main = ([proof, leaf, vkey, origin]) => {
  if (vkey === undefined) {
    process.stderr.write('usage: node scripts/check-with-go.mjs PROOF LEAF VKEY [ORIGIN]\n');
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'check-with-go-'));
  try {
    const program = buildChecker(folder);
    if (program === undefined) {
      process.stderr.write(`${MISSING}\n`);
      return 2;
    }
    const { status, text } = runChecker(program, { proof, leaf, vkey, origin });
    process.stdout.write(`${text}\n`);
    return status;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
