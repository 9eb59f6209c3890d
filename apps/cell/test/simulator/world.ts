import { emptyState } from '@writ/kernel';
import { emptyFrontier } from '@writ/proof';
import { type LogHead, layBatch } from '../../src/core/commit-batch.ts';
import { encodeBatch } from '../../src/core/batch.ts';
import { signCheckpoint } from '../../src/core/checkpoint.ts';
import { ENGINE, LIBRARY, openingCommands, ORIGIN, SIGNER } from './cast.ts';
import type { Choices } from './choices.ts';
import type { Promised } from './deliveries.ts';
import { type Disk, openDisk } from './disk.ts';
import { type Faults, openFaults } from './faults.ts';
import { type Machine, openMachine, start } from './machine.ts';
import { type Mint, openMint } from './mint.ts';
import { openPoison, type Poison } from './poison.ts';
import { openScheduler, type Owner, type Scheduler } from './scheduler.ts';
import { openTime, START_MS, type SimulatedTime } from './time.ts';
import { type Checks, openChecks } from './violation.ts';

/**
 * One simulated world: a disk, machines with cells on it, clients, clocks, and everything that goes wrong.
 */
export type World = {
  readonly choices: Choices;
  readonly scheduler: Scheduler;
  readonly checks: Checks;
  readonly time: SimulatedTime;
  readonly faults: Faults;
  readonly disk: Disk;
  readonly mint: Mint;
  readonly poison: Poison;
  readonly promised: Promised;
  /** The first one is started again whenever it is down; the second one is a split brain. */
  readonly machines: readonly [Machine, Machine];
  readonly clients: Set<Owner>;
};

export async function openWorld(choices: Choices): Promise<World> {
  const checks = openChecks();
  const scheduler = openScheduler(choices);
  const time = openTime();
  const faults = openFaults(choices.pick(['fair', 'windy', 'stormy'] as const));
  const disk = openDisk(checks, choices, time);
  const parts = {
    choices,
    scheduler,
    checks,
    time,
    faults,
    disk,
    mint: openMint(),
    poison: openPoison(),
    promised: { heads: new Map<number, string>(), answers: new Map<string, number>(), judged: 0 },
    clients: new Set<Owner>(),
  };
  await layOpening(disk);
  const world: World = { ...parts, machines: [openMachine(parts, 'cell-a'), openMachine(parts, 'cell-b')] };
  start(world, world.machines[0]);
  return world;
}

/** The log as `init` and the first operator left it: record 0, then everything else in one batch. */
async function layOpening(disk: Disk): Promise<void> {
  const state = emptyState();
  const journal = disk.openJournal();
  await journal.open();
  const mint = openMint();
  const [genesis, ...rest] = openingCommands();
  let head: LogHead = { frontier: emptyFrontier(), note: '', term: 0 };
  for (const commands of [genesis === undefined ? [] : [genesis], rest]) {
    const from = head.frontier.size;
    const records = commands.flatMap((command) => {
      const stamp = { now_ms: START_MS - 1_000, salts: [mint.salts(), mint.salts()] };
      return ENGINE.functions.step(state, command, stamp, LIBRARY).records;
    });
    for (const [at, { sealed, sealed_commitment }] of records.entries()) {
      if (sealed === null || sealed_commitment === null) continue;
      disk.parts.set(`${from + at}/${sealed_commitment}`, Buffer.from(sealed, 'utf8'));
    }
    const { tree } = layBatch(head, from, records);
    const bytes = encodeBatch({ note: head.note, records });
    const batch = { from, count: records.length, term: state.term, bytes };
    await journal.append(batch, { size: from, term: head.term });
    const checkpoint = { origin: ORIGIN, size: tree.after.size, root: tree.root };
    head = { frontier: tree.after, note: await signCheckpoint(SIGNER, checkpoint), term: state.term };
  }
  await journal.close();
}
