// A whole cell under load, under strace.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLines } from '../../apps/cell/test/crash/load-lines.ts';
import { makeStore } from '../../apps/cell/test/crash/make-store.ts';
import { traceNode } from './trace.mjs';

const LOAD = fileURLToPath(new URL('../../apps/cell/test/crash/load.ts', import.meta.url));
const WITHOUT_SYNCS = new URL('../../apps/cell/test/crash/without-syncs.mjs', import.meta.url).href;
const CLIENTS = 32;
/** Filler, the same at every start; its content is of no interest. */
const RESERVE = /\.reserve$/;

/** What lies in a folder: files by path, null for a folder. */
export const readFolder = (folder) => {
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (RESERVE.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), entry.isFile() ? readFileSync(path) : null);
  }
  return files;
};

/**
 * `mode` is synced, or unsynced for the control: the same cell on a journal that never syncs. `injection`
 * makes calls fail, in the words of strace.
 */
export const traceCell = async (workspace, { mode, actions, waves, injection }) => {
  const { directory, agent } = await makeStore();
  const base = readFolder(directory);
  const load = { life: 0, clients: CLIENTS, actions_max: actions, waves, retries: [] };
  const plan = { directory, agent, ...load, survives_faults: injection !== undefined };
  const file = join(workspace, `${mode}-plan.json`);
  writeFileSync(file, JSON.stringify(plan));
  const preload = mode === 'unsynced' ? ['--import', WITHOUT_SYNCS] : [];
  const words = ['--conditions=@writ/source', ...preload, LOAD, file];
  const { said, complained, calls } = traceNode(directory, words, injection);
  const told = readLines(said);
  if (!told.isDone) throw new Error(`the cell under load did not finish: ${complained}`);
  return { directory, agent, base, calls };
};

/** The acknowledged answers of a trace that stand on a record, with the call that said so. */
export const answersIn = (calls) =>
  calls.flatMap((call) => {
    if (call.kind !== 'say' || !call.text.startsWith('ack ')) return [];
    const { acknowledged } = readLines(call.text);
    return acknowledged.filter(({ proved }) => proved !== null).map((one) => ({ ...one, said: call }));
  });
