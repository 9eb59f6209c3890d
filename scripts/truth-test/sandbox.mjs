// Runs shell texts where nothing is worth anything: an empty root in memory, no network, and as programs only
// some that write down how they were called. Gives of each text what ran.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const HOME = '/house/me';
export const PLACE = `${HOME}/project`;

/** Programs that are run as they are, after they were written down: they run others, or pass text on. */
const REAL =
  `awk base64 basename bash cat cut dash date dirname env find grep head mktemp nice nohup printf rev sed seq
  setsid sh sort stdbuf tac tail tee timeout tr true uniq wc xargs`
    .trim()
    .split(/\s+/);

/** One line a called program: how many words, and each with a NUL behind it. */
const STUB = `#!/real/dash
printf '%s\\000' "$#" "$0" "$@" >> /log/now
r=/real/\${0##*/}
[ -x "$r" ] && exec "$r" "$@"
exit 0
`;

const DRIVER = `
ulimit -u 4096 -t 20
for file in /in/*; do
  : > /log/now
  /real/rm -rf ${HOME} /tmp/* 2>/dev/null
  /real/mkdir -p ${PLACE}/src
  cd ${PLACE}
  : > a.c; : > b.c; : > src/c.ts; echo data > b.txt; echo name=1 > .env
  text=$(<"$file")
  /real/timeout -k 1 3 /real/env -i PATH=/bin HOME=${HOME} LC_ALL=C.UTF-8 \\
    /real/bash --noprofile --norc -p -c "$text" bash </dev/null >/dev/null 2>&1
  cd /
  kill -9 -1 2>/dev/null
  /real/cp /log/now "/out/\${file##*/}"
done
`;

/** Null where this machine does not let us make one. */
export const openSandbox = (names) => {
  const base = mkdtempSync(join(tmpdir(), 'truth-'));
  for (const name of ['root', 'real', 'bin', 'in', 'out']) mkdirSync(join(base, name));
  for (const name of [...REAL, 'rm', 'mkdir', 'cp']) copyReal(base, name);
  writeFileSync(join(base, 'stub'), STUB, { mode: 0o755 });
  const all = [...new Set([...REAL, ...names])].filter((name) => /^[\w.+-]{1,60}$/.test(name));
  execFileSync(
    'sh',
    ['-c', `cd "$1/bin"; while read -r name; do ln ../stub "$name" 2>/dev/null; done`, 'sh', base],
    {
      input: `${all.join('\n')}\n`,
    },
  );
  writeFileSync(join(base, 'driver'), DRIVER);
  writeFileSync(join(base, 'setup'), setupOf(base));
  return runAll(base, ['true']) === null
    ? null
    : { run: (texts) => runAll(base, texts), close: () => rmSync(base, { recursive: true, force: true }) };
};

const copyReal = (base, name) => {
  const found = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name === 'sh' ? 'dash' : name], {
    encoding: 'utf8',
  });
  const path = name === 'printf' ? '/usr/bin/printf' : found.stdout.trim();
  if (path.startsWith('/')) execFileSync('cp', ['-L', path, join(base, 'real', name)]);
};

const setupOf = (base) => `
set -e
r="${base}/root"
mount --make-rprivate /
mount -t tmpfs none "$r"
cd "$r"
mkdir -p bin usr usr/lib lib64 real in out log tmp house dev proc etc
ln -s usr/lib lib; ln -s ../bin usr/bin; ln -s bin sbin
cp "${base}/driver" driver
for pair in /usr/lib:usr/lib /lib64:lib64 "${base}/bin:bin" "${base}/real:real" "${base}/in:in"; do
  test -d "\${pair%%:*}" || continue
  mount --bind "\${pair%%:*}" "\${pair##*:}"
  mount -o remount,ro,bind "\${pair##*:}"
done
mount --bind "${base}/out" out
mount -t proc proc proc
: > dev/null; mount --bind /dev/null dev/null
ln -s /proc/self/fd dev/fd
for place in log tmp house; do mount -t tmpfs none "$place"; done
mount -o remount,ro none . 2>/dev/null || mount -o remount,ro .
exec chroot . /real/bash /driver
`;

const runAll = (base, texts) => {
  for (const folder of ['in', 'out']) {
    rmSync(join(base, folder), { recursive: true, force: true });
    mkdirSync(join(base, folder));
  }
  for (const [at, text] of texts.entries()) writeFileSync(join(base, 'in', nameOf(at)), text);
  const own = process.getuid?.() === 0 ? [] : ['-r'];
  const done = spawnSync(
    'unshare',
    [...own, '-m', '-n', '-p', '-i', '-f', '--kill-child', 'sh', join(base, 'setup')],
    {
      encoding: 'utf8',
      timeout: 60_000 + texts.length * 4_000,
    },
  );
  if (done.status !== 0) return null;
  return texts.map((_text, at) => readLog(readFileSync(join(base, 'out', nameOf(at)), 'latin1')));
};

const nameOf = (at) => String(at).padStart(6, '0');

/** As bytes: names need not be text. */
const readLog = (text) => {
  const parts = text.split('\0');
  const runs = [];
  for (let at = 0; at + 1 < parts.length; ) {
    const count = Number(parts[at]);
    if (!Number.isSafeInteger(count)) break;
    const [path, ...words] = parts
      .slice(at + 1, at + 2 + count)
      .map((part) => Buffer.from(part, 'latin1').toString());
    runs.push({ program: path.slice(path.lastIndexOf('/') + 1), words });
    at += 2 + count;
  }
  return runs;
};
