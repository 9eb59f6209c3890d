import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { systemDisk } from './disk.ts';
import { PartFailure } from './failure.ts';
import type { FailureMessage, PartRequestMessage, PartResponseMessage } from './protocol.ts';
import { type PartServer, servePartFiles } from './serve-parts.ts';

/** How the worker begins: either it serves, or it says why it cannot. */
export type PartGreeting =
  | { readonly ready: true }
  | { readonly ready: false; readonly failure: FailureMessage };
export type PartWorkerData = { readonly directory: string };

function main(port: MessagePort, data: PartWorkerData): void {
  let serve: PartServer;
  try {
    serve = servePartFiles(data.directory, systemDisk);
  } catch (error) {
    port.postMessage(greetFailure(error));
    return;
  }
  port.on('message', (first: PartRequestMessage) => {
    const requests = [first, ...drain(port)];
    for (const response of serve(requests)) {
      port.postMessage(response, transferOf(response));
    }
    if (requests.some((request) => request.kind === 'close')) port.close();
  });
  port.postMessage({ ready: true } satisfies PartGreeting);
}

/** What arrived while the last sync was under way shares the next one. */
function drain(port: MessagePort): PartRequestMessage[] {
  const requests: PartRequestMessage[] = [];
  for (;;) {
    const received: { message: PartRequestMessage } | undefined = receiveMessageOnPort(port);
    if (received === undefined) return requests;
    requests.push(received.message);
  }
}

function transferOf(response: PartResponseMessage): ArrayBuffer[] {
  if (!response.ok || typeof response.value !== 'object' || !('content' in response.value)) return [];
  const { buffer } = response.value.content;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}

function greetFailure(error: unknown): PartGreeting {
  const known = error instanceof PartFailure;
  const detail = known ? error.detail : `the part store cannot be opened: ${String(error)}`;
  const code = known ? error.code : 'PARTS_FAILED';
  return { ready: false, failure: { code, detail, index: known ? error.index : undefined } };
}

// The one who starts this worker gives it exactly these data.
if (parentPort !== null) main(parentPort, workerData as PartWorkerData);
