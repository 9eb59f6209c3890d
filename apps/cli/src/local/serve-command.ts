import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { PORT_DEFAULT, resolveHome, serve, type Serving } from '@writ/cell';
import { readInput } from '../files/read-input.ts';
import type { Call, Run } from '../program/command.ts';
import { CliFailure, describeFailure } from '../program/failure.ts';
import { bad, good, plain, warn } from '../terminal/line.ts';

const CLOCK = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };
const PEM_BYTES_MAX = 65_536;
const TLS_PORT_DEFAULT = 8443;
const ALL_ADDRESSES = '::';

type Options = Parameters<typeof serve>[1];

/** Serves until it is told to stop; then it answers what it took, and lets go of the store. */
export const run: Run = async (call) => {
  const home = resolveHome(call.environment, call.user_home);
  const tls = await readTls(call);
  const serving = await serve(home, {
    clock: CLOCK,
    version: VERSION,
    port: portOf(call, 'port', PORT_DEFAULT),
    tls,
    report: (event) => reportEvent(call, event),
    reportFailure: (error) => call.say(bad(`a request met a failure: ${describeFailure(error).code}`)),
  });
  announce(call, serving);
  const signal = await stopAsked();
  call.say(plain(`${signal}: answering what was taken, then closing`));
  await serving.close();
  return { exit: 0, lines: [good('closed')], json: { exit: 0, closed: true } };
};

/** One version for all workspaces. */
const VERSION = '0.1.0';

function announce(call: Call, { cell, port, socket, doors }: Serving): void {
  call.say(good(`serving ${cell.settings.origin}`));
  call.say(plain(`  http://localhost:${port}`));
  call.say(plain(`  ${socket}`));
  for (const { listener } of doors)
    if (listener.kind === 'tls') call.say(plain(`  https://${listener.names[0] ?? ''}:${listener.port}`));
}

function reportEvent(call: Call, event: Parameters<Options['report']>[0]): void {
  switch (event.kind) {
    case 'started':
      return call.say(plain(`the cell is open: ${event.size} records, term ${event.term}`));
    case 'failed':
      return call.say(warn(`the outcome of a write is ${event.why}: the cell opens anew`));
    case 'reopening_failed':
      return call.say(warn(`it cannot open yet: ${describeFailure(event.cause).code}; trying again`));
    case 'erasure_failed':
      return call.say(warn('an erasure could not be finished: it goes on at the next start'));
    case 'clock_accepted':
      return call.say(plain('the clock of this machine was accepted'));
    case 'quarantined':
      return call.say(warn(`a command made the cell fail and is refused from now on: ${event.command}`));
    case 'down':
      return call.say(bad(`the cell stays down (${event.why}): ${describeFailure(event.cause).detail}`));
    default:
      return event satisfies never;
  }
}

function stopAsked(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}

export function portOf(call: Call, option: string, otherwise: number): number {
  const text = call.text(option);
  if (text === null) return otherwise;
  const port = /^(?:0|[1-9][0-9]{0,4})$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new CliFailure('USAGE', `--${option} is a port, from 0 to 65535`);
}

/** All of it or nothing: half of a certificate is no door. */
async function readTls(call: Call): Promise<Options['tls']> {
  const names = call.list('tls-names');
  const [key, certificate] = [call.text('tls-key'), call.text('tls-certificate')];
  if (names.length === 0 && key === null && certificate === null) return null;
  if (names.length === 0 || key === null || certificate === null)
    throw new CliFailure('USAGE', '--tls-names, --tls-key and --tls-certificate go together');
  const read = async (path: string): Promise<string> =>
    new TextDecoder('utf-8', { fatal: true }).decode(await readInput(path, PEM_BYTES_MAX));
  return {
    kind: 'tls',
    names,
    address: call.text('tls-address') ?? ALL_ADDRESSES,
    port: portOf(call, 'tls-port', TLS_PORT_DEFAULT),
    key: await read(key),
    certificate: await read(certificate),
  };
}
