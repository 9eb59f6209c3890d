import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll } from 'vitest';
import type { World } from './run-writ.ts';

export type Served = {
  readonly process: ChildProcess;
  /** Ends it and waits until it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The real `writ serve` of a world, from when it answers. */
export async function serveWorld(world: World): Promise<Served> {
  const child = world.start('serve', '--port', '0');
  running.add(child);
  let said = '';
  const stream = child.stdout as NonNullable<ChildProcess['stdout']>; // a pipe, as it was started
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes('writ.sock')) break;
  }
  if (!said.includes('writ.sock')) throw new Error(`writ serve: ${said}`);
  stream.resume();
  return {
    process: child,
    async end(signal) {
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
      running.delete(child);
    },
  };
}

/** Another program's server on a path: it answers everything with the same status and body. */
export async function startLiar(path: string, body: string, type: string): Promise<ChildProcess> {
  const script = `require('node:http').createServer((request, response) => {
      response.writeHead(200, { 'content-type': ${JSON.stringify(type)} });
      response.end(${JSON.stringify(body)});
    }).listen(${JSON.stringify(path)}, () => console.log('listening'))`;
  const child = startScript(script);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

/** A program of the test, which ends with it. */
export function startScript(script: string): ChildProcess {
  const child = spawn(process.execPath, ['-e', script]);
  running.add(child);
  return child;
}
