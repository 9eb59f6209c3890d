import type { FaultPlan } from '../../src/journal/fault-plan.ts';
import { openFaultPlan } from './journal.ts';
import { type Process, startProcess } from './process.ts';
import type { Owner } from './scheduler.ts';
import type { World } from './world.ts';

/** Where a cell runs, life after life. Two of them on one disk are a split brain. */
export type Machine = {
  readonly owner: Owner;
  readonly plan: FaultPlan;
  process: Process | null;
  lives: number;
};

export function openMachine(world: Omit<World, 'machines'>, name: string): Machine {
  const owner: Owner = { name, alive: true };
  const plan = openFaultPlan(world.choices, world.scheduler, world.faults, owner);
  return { owner, plan, process: null, lives: 0 };
}

export function start(world: World, machine: Machine): void {
  machine.lives += 1;
  machine.process = startProcess(world, machine, `${machine.owner.name}${machine.lives}`);
}

/** kill -9: nothing of the process goes on but what has already left it. */
export function kill(world: World, machine: Machine): void {
  const { process } = machine;
  if (process === null) return;
  world.scheduler.note(`${process.owner.name}: killed`);
  world.scheduler.kill(process.owner);
  machine.process = null;
  for (const call of process.outstanding) call.lose();
}
