import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Server = {
  readonly port: number;
  /** Keys of principals that open no writs, and of those that do. */
  readonly watchers: readonly string[];
  readonly agents: readonly string[];
  /** Processor time that the server took so far, in microseconds. */
  cpu_us(): number;
  close(): Promise<void>;
};

type Ready = Pick<Server, 'port' | 'watchers' | 'agents'>;

/** Starts a server in a process of its own, with the flags of this one, and waits until it listens. */
export async function startServer(name: string, words: readonly string[]): Promise<Server> {
  const file = import.meta.url.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`;
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), [...words]);
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready)); // the first thing that either says
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    ...ready,
    cpu_us: () => cpuOf(child.pid ?? 0),
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** From the process table of Linux; elsewhere 0. */
function cpuOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
  } catch {
    return 0;
  }
}

const MICROSECONDS_PER_TICK = 10_000;
