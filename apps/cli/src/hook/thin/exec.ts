// What a host starts in the place of a command: `writ exec ID`. It asks the door for what was recorded under
// that id, runs exactly that, and says how it ended. It lies beside the settings of the door, as `exec.mjs`.
// While it runs it keeps its connection: when it is killed, the door knows that nobody knows how it ended.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';
import { execute, type ToExecute } from '../../run/execute.ts';

type Said =
  | ({ readonly kind: 'run' } & Omit<ToExecute, 'capture'>)
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'waits'; readonly text: string }
  | { readonly kind: 'recorded'; readonly reported: boolean };

const REFUSED = 126;
const FAILED = 2;
const UNRECORDED = 'Writ: this ran, and its outcome could not be recorded\n';

const program = readFileSync(new URL('program.json', import.meta.url), 'utf8');
const { socket } = JSON.parse(program) as { readonly socket: string }; // written by the installation
let exit: number | null = null;
let told = '';

const door = connect(socket, () => door.write(`exec\n${JSON.stringify({ id: process.argv[2] ?? '' })}\n`));
door.setEncoding('utf8');
door.on('data', (text: string) => {
  told += text;
  for (let end = told.indexOf('\n'); end >= 0; end = told.indexOf('\n')) {
    const line = told.slice(0, end);
    told = told.slice(end + 1);
    hear(JSON.parse(line) as Said); // the door of this user says nothing else
  }
});
door.on('error', () => {});
door.on('close', () => {
  if (exit === null) {
    process.stderr.write('Writ: UNAVAILABLE, nothing ran. For the person: writ serve, or writ status.\n');
  }
  process.exit(exit ?? FAILED);
});

function hear(said: Said): void {
  switch (said.kind) {
    case 'run':
      exit = FAILED;
      void run(said);
      break;
    case 'waits':
      process.stderr.write(`${said.text}\n`);
      break;
    case 'refused':
      exit = REFUSED;
      process.stderr.write(`${said.text}\n`);
      break;
    case 'recorded':
      if (!said.reported) process.stderr.write(UNRECORDED);
      break;
    default:
      said satisfies never;
  }
}

async function run(call: Omit<ToExecute, 'capture'>): Promise<void> {
  const executed = await execute({ ...call, capture: true });
  exit = executed.kind === 'ended' ? executed.exit : REFUSED;
  if (executed.kind === 'refused') process.stderr.write(`Writ: ${executed.code}, nothing ran\n`);
  if (door.writable) door.write(`${JSON.stringify(executed)}\n`);
  else process.stderr.write(UNRECORDED);
}
