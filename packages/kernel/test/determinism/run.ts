// A process of its own: `node run.ts SEED` replays the recorded runs with the members of every command in an
// order that follows from SEED, and prints what differs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '@writ/contract';
import { type RunFile, replay } from '../vectors/replay.ts';

const seed = Number(process.argv[2] ?? '0');
const path = join(import.meta.dirname, '../../../../vectors/kernel/runs.json');
const file = JSON.parse(readFileSync(path, 'utf8')) as RunFile;

let state = seed;
function next(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 16) % below;
}

/** The same value with its members in another order, all the way down. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, shuffled(member)] as const);
  for (let at = entries.length - 1; at > 0; at -= 1) {
    const other = next(at + 1);
    const [one, two] = [entries[at], entries[other]];
    if (one !== undefined && two !== undefined) [entries[at], entries[other]] = [two, one];
  }
  return Object.fromEntries(entries);
}

const spell = (command: Command): Command => (seed === 0 ? command : (shuffled(command) as Command));
const differing = file.cases
  .map((run) => ({ reason: run.reason, why: replay(file, run, spell) }))
  .filter(({ why }) => why !== null);
process.stdout.write(
  JSON.stringify({
    runs: file.cases.length,
    differing,
    // shows that the process really is another one
    number: (1234.5).toLocaleString(),
    zone: new Date(0).getHours(),
  }),
);
