import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commit, openCell, propose, reportOutcome, submit } from '@writ/cell';
import { printJson } from '@writ/proof';
import { CLOCK, createWorld, homeIn, openIn, proposalOf } from '../cell/world.ts';

/** `full-disk-child.ts DISK`: fills the disk under a cell, and gives it room again. */
const [disk = ''] = process.argv.slice(2);
process.env['TMPDIR'] = disk;
const ballast = join(disk, 'ballast');
const CHUNK_BYTES = 1_048_576;
/** A cell looks at its disk each second. */
const LOOKS_MS = 2_500;

const made = await createWorld();
await made.cell.close();
// With the reserve that cells have: those of other tests do without.
const world = { ...made, cell: await openCell(homeIn(made.directory), { clock: CLOCK, report: () => {} }) };
const { cell } = world;
let asked = 0;

async function say(
  what: string,
  work: () => Promise<{ readonly answer: { readonly kind: string } }>,
): Promise<void> {
  const said = await work().then(
    ({ answer }) => answer.kind,
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );
  console.log(`${what} ${said}`);
}

const ask = (on = cell): ReturnType<typeof propose> => {
  asked += 1;
  return propose(on, proposalOf(world, { path: `asked ${asked}` }));
};

/** Until nothing more fits. */
function fill(): void {
  const file = openSync(ballast, 'w');
  const chunk = randomFillSync(new Uint8Array(CHUNK_BYTES));
  try {
    while (statfsSync(disk).bavail > 0) writeSync(file, chunk);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}

await say('room: propose', () => ask());
const args = { path: 'spent before' };
const { id } = await propose(cell, proposalOf(world, args));
const { agent: by, person } = world;
await commit(cell, { by, id, attempt: 'a', target: null, args_text: printJson(args), scene: null });
fill();
// Before the cell has looked: whatever it was doing then must not stop it from going on.
await say('filled: propose', () => ask());
await pause(LOOKS_MS);
await say('full: propose', () => ask());
const outcome = { by, id, status: 'succeeded', attested_by: 'agent', unwrapped: false } as const;
await say('full: outcome', () => reportOutcome(cell, { ...outcome, produced: [], spent: [], report: {} }));
const scope = { scope: 'namespace', ns: world.ns } as const;
await say('full: freeze', () => submit(cell, { kind: 'freeze', id: cell.mint.id('frz'), by: person, scope }));
rmSync(ballast);
await pause(LOOKS_MS);
const thaw = { kind: 'thaw', id: cell.mint.id('thw'), by: person, scope, proof_of_person: 'p1' } as const;
await say('room again: thaw', () => submit(cell, thaw));
await say('room again: propose', () => ask());
await cell.close();
const again = await openIn(world.directory);
await say('reopened: propose', () => ask(again));
await again.close();
