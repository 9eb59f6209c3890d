// What a host starts for an event: hands it to the door and prints what that says. It loads next to nothing,
// for it runs before every call. It lies beside the settings of the door, as `ask.mjs`.
// INVARIANT: it ends with 0 only with an answer of the door; with anything else the host must block.
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';

/** What `program.json` beside this file holds: how the door is started, and where it answers. */
type Program = {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly socket: string;
  readonly log: string;
};

const STARTING_MS_MAX = 20_000;
const LOOK_INTERVAL_MS = 20;
const BLOCK = 2;

const written = readFileSync(new URL('program.json', import.meta.url), 'utf8');
const program = JSON.parse(written) as Program; // written by the installation
const chunks: Buffer[] = [];
const begun_at = Date.now();
let started = false;

function fail(): void {
  process.stderr.write(
    'Writ: UNAVAILABLE, the door of the hooks does not answer. Nothing is permitted while it does not. ' +
      'For the person: writ serve, or writ status.\n',
  );
  process.exitCode = BLOCK;
}

function ask(): void {
  let said = '';
  const door = connect(program.socket, () => {
    door.write('event\n');
    door.end(Buffer.concat(chunks));
  });
  door.setEncoding('utf8');
  door.on('data', (text: string) => {
    said += text;
  });
  door.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') start();
    else fail();
  });
  door.on('end', () => {
    if (said.endsWith('}')) process.stdout.write(said);
    else fail();
  });
}

/** Of several that find nobody, the doors that they start settle it among themselves. */
function start(): void {
  if (Date.now() - begun_at > STARTING_MS_MAX) {
    fail();
    return;
  }
  if (!started) {
    started = true;
    const log = openSync(program.log, 'a', 0o600);
    const [file = '', ...words] = program.command;
    const child = spawn(file, words, {
      cwd: '/',
      detached: true,
      env: program.environment,
      stdio: ['ignore', log, log],
    });
    child.on('error', () => {});
    child.unref();
  }
  setTimeout(ask, LOOK_INTERVAL_MS);
}

// Whatever else goes wrong is a call that nobody judged.
process.on('uncaughtException', () => {
  fail();
  process.exit();
});
process.stdin.on('data', (chunk: Buffer) => chunks.push(chunk));
process.stdin.on('end', ask);
