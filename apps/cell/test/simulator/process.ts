import type { Command } from '@writ/contract';
import { emptyState, restoreSnapshot } from '@writ/kernel';
import { emptyFrontier } from '@writ/proof';
import type { Delivered } from '../../src/core/building.ts';
import type { CellEvent, CellPorts } from '../../src/core/cell-ports.ts';
import { type Clock, openClock } from '../../src/core/clock.ts';
import { CoreFailure } from '../../src/core/failure.ts';
import { SIGN_TRIES_MAX } from '../../src/core/pipeline.ts';
import type { Base } from '../../src/core/recover.ts';
import { type RunningCell, runCell } from '../../src/core/run-cell.ts';
import { ENGINE, LIBRARY, ORIGIN } from './cast.ts';
import { checkDelivery } from './deliveries.ts';
import { checkEvent } from './invariants/failures.ts';
import { scheduledJournal } from './journal.ts';
import type { Machine } from './machine.ts';
import { digestOf } from './names.ts';
import { Poisoned } from './poison.ts';
import { simulatedParts } from './parts.ts';
import type { Owner } from './scheduler.ts';
import { simulatedSigner } from './signer.ts';
import type { Belief } from './time.ts';
import type { World } from './world.ts';

/** One life of a cell: the real `runCell` on simulated ports, until it is closed or killed. */
export type Process = {
  readonly owner: Owner;
  readonly clock: Clock;
  readonly cell: RunningCell | null;
  /** Why it did not start, or ended. */
  readonly ended: unknown;
  /** Calls that it took and that have not settled. */
  readonly outstanding: ReadonlySet<Outstanding>;
  submit(command: Command): Promise<Delivered>;
};

export type Outstanding = { lose(): void; signings_failed: number };

/** A call may live through this many failed signings: its batch's and those of the two before it. */
const SIGNINGS_FAILED_MAX = 3 * (SIGN_TRIES_MAX + 1);

type Life = { -readonly [K in keyof Process]: Process[K] } & {
  readonly outstanding: Set<Outstanding>;
  /** How much of the log followers of this life have been given. */
  followed: number;
  instances: number;
  /** From the failure of a writer until the next one is made nobody speaks for the log. */
  phase: 'starting' | 'serving' | 'failed' | 'folding';
  readonly crashes: Set<string>;
};

export function startProcess(world: World, machine: Machine, name: string): Process {
  const owner: Owner = { name, alive: true };
  const belief: Belief = { wall: 0, monotonic: 0, jumps: new Map() };
  const start = { over: false };
  const life: Life = {
    owner,
    clock: openBelievingClock(world, belief, () => start.over),
    cell: null,
    ended: null,
    outstanding: new Set(),
    followed: 0,
    instances: 0,
    phase: 'starting',
    crashes: new Set(),
    submit: (command) => submit(world, life, command),
  };
  world.scheduler.note(`${name}: starts`);
  runCell(portsOf(world, machine, life, belief)).then(
    (cell) => {
      start.over = true;
      if (owner.alive) life.cell = cell;
    },
    (cause: unknown) => {
      if (!owner.alive) return;
      life.ended = cause;
      world.scheduler.note(`${name}: did not start, ${codeOf(cause)}`);
      checkEvent(world, { kind: 'reopening_failed', cause });
    },
  );
  return life;
}

export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}

/** The real clock, and beside it what may be believed: anchored at will until the start is over. */
function openBelievingClock(world: World, belief: Belief, hasStarted: () => boolean): Clock {
  const { time } = world;
  const clock = openClock(time, 0);
  const believe = (not_before: number): void => {
    if (hasStarted()) return;
    belief.wall = Math.max(time.wall_ms(), not_before);
    belief.monotonic = time.monotonic_ms();
  };
  believe(0);
  return {
    ...clock,
    anchor(not_before) {
      believe(not_before);
      return clock.anchor(not_before);
    },
  };
}

function portsOf(world: World, machine: Machine, life: Life, belief: Belief): CellPorts {
  const { scheduler, disk, faults } = world;
  const { owner } = life;
  return {
    engine: { ...ENGINE, functions: { ...ENGINE.functions, step: world.poison.step } },
    library: LIBRARY,
    parts: simulatedParts(disk, scheduler, faults, owner),
    signer: simulatedSigner(world, owner, () => countFailedSigning(world, life)),
    clock: life.clock,
    // Whoever starts a cell here looked at the clock; what nobody looked at is tried elsewhere.
    accept_clock: true,
    origin: ORIGIN,
    freshJournal: () => {
      checkGoesOn(world, life);
      life.instances += 1;
      const isFirst = life.instances === 1;
      return scheduledJournal({ world, plan: machine.plan, belief, isFirst }, owner);
    },
    loadBase: async (size) => {
      if (life.phase === 'failed') life.phase = 'folding';
      await scheduler.wait(owner, 'load a snapshot');
      const base = baseOf(world, size);
      follow(life, base.frontier.size);
      return base;
    },
    onRecovered: async (batch) => {
      follow(life, batch.tree.after.size);
      await scheduler.wait(owner, 'followers read a batch');
    },
    checkRecovered: async () => scheduler.wait(owner, 'the anchor is read'),
    onDurable: (batch) => {
      const { checks } = world;
      checks.check('a failed writer is silent', life.phase !== 'failed', () => `batch ${batch.from}`);
      const fits = batch.from <= life.followed;
      checks.check('followers miss nothing', fits, () => `${batch.from} after ${life.followed}`);
      const known = batch.tree.after.size <= disk.log.records.length;
      checks.check('followers see what is durable', known, () => `up to ${batch.tree.after.size}`);
      follow(life, batch.tree.after.size);
    },
    salts: () => [world.mint.salts(), world.mint.salts()],
    id: (prefix) => {
      const id = world.mint.id(prefix);
      if (prefix === 'clk') belief.jumps.set(id, world.time.monotonic_ms());
      faults.delicate ||= prefix === 'clk' || prefix === 'qrn';
      return id;
    },
    digestOf: (command) => digestOf(JSON.stringify(command)),
    isDiskLow: () => faults.diskLow && !faults.calm,
    defer: (work) => scheduler.later(owner, 'deferred work', work),
    pause: () => scheduler.wait(owner, 'paused'),
    report: (event) => {
      scheduler.note(`${owner.name}: ${event.kind}${'why' in event ? ` ${event.why}` : ''}`);
      faults.count('cell', event.kind);
      if (owner.alive) reported(world, life, event);
    },
  };
}

function baseOf({ disk, choices }: World, size: number): Base {
  const usable = disk.snapshots.filter((snapshot) => snapshot.size <= size);
  if (usable.length === 0 || choices.chance(300)) return { state: emptyState(), frontier: emptyFrontier() };
  const { text, frontier } = choices.pick(usable);
  return { state: restoreSnapshot(text), frontier };
}

function countFailedSigning({ checks }: World, { outstanding }: Life): void {
  for (const call of outstanding) {
    call.signings_failed += 1;
    const within = call.signings_failed <= SIGNINGS_FAILED_MAX;
    checks.check(
      'an answer waits for the signer, then is a 503',
      within,
      () => `${SIGNINGS_FAILED_MAX} tries`,
    );
  }
}

function follow(life: Life, size: number): void {
  life.followed = Math.max(life.followed, size);
}

function reported(world: World, life: Life, event: CellEvent): void {
  const { check } = world.checks;
  checkGoesOn(world, life);
  checkEvent(world, event);
  if (event.kind === 'down') life.ended = event.cause;
  if (event.kind === 'started') life.phase = 'serving';
  if (event.kind !== 'failed') return;
  check('one reopening at a time', life.phase === 'serving', () => `failed while ${life.phase}`);
  life.phase = 'failed';
  if (!(event.cause instanceof Poisoned)) return;
  const { command } = event.cause;
  check('a command crashes a cell once', !life.crashes.has(command), () => command);
  life.crashes.add(command);
}

/** What did not start, or stays down, touches nothing any more. */
function checkGoesOn({ checks, scheduler }: World, life: Life): void {
  const over = life.ended !== null && life.cell === null;
  checks.check('what did not start does not go on', !over, () => scheduler.waitingOf(life.owner).join(', '));
}

/** Hands a command to the cell and checks what comes out of it at the very moment it does. */
function submit(world: World, life: Life, command: Command): Promise<Delivered> {
  const { cell, owner } = life;
  if (cell === null || !owner.alive) return Promise.reject(new CoreFailure('UNAVAILABLE', 'not started'));
  return new Promise((resolve, reject) => {
    const mine: Outstanding = {
      lose: () => reject(new CoreFailure('UNAVAILABLE', 'the connection was lost')),
      signings_failed: 0,
    };
    life.outstanding.add(mine);
    cell.submit(command, { bytes: 1_024 }).then(
      (delivered) => {
        if (!owner.alive) return;
        life.outstanding.delete(mine);
        checkDelivery(world, command, delivered);
        resolve(delivered);
      },
      (cause: unknown) => {
        if (!owner.alive) return;
        life.outstanding.delete(mine);
        const known = cause instanceof CoreFailure;
        world.checks.check('a failure has a code', known, () => String(cause));
        reject(cause);
      },
    );
  });
}
