import { runAgent } from './clients/agent.ts';
import { runGovernor } from './clients/governor.ts';
import { SETTLE_MS } from '../../src/core/clock.ts';
import { BURST, FLOOD, runFlood, runPoisoner } from './clients/trouble.ts';
import { AGENTS } from './cast.ts';
import { kill, start } from './machine.ts';
import type { World } from './world.ts';

/** So often in a thousand something comes from outside instead of the next event. */
export const NATURE_PERMILLE = 90;

const MINUTE_MS = 60_000;
/**
 * Longer than most things wait: writs and receipts, the clock's settling, idempotency keys, a ticket, a
 * budget.
 */
const SPANS_MS = [1, 40, 800, 2_500, 11_000, 31_000, 11 * MINUTE_MS, 61 * MINUTE_MS];
const JUMPS_MS = [
  2_100,
  15_000,
  3_600_000,
  26 * 3_600_000,
  8 * 86_400_000,
  100 * 86_400_000,
  -1_500,
  -2_500,
  -40_000,
  -3_600_000,
];

/** What may happen to a world at any moment: work, time, and trouble. */
export function happen(world: World): void {
  const { choices, time, faults, machines, scheduler } = world;
  const kind = choices.weigh([
    ['time', 30],
    ['work', 36],
    ['govern', 6],
    ['restart', isDown(world) ? 60 : 0],
    ['jump', 3],
    // So long that a jump is believed, before much else happens.
    ['settle', isSuspect(world) ? 25 : 0],
    // A person looks at the clock and believes it, whatever it shows.
    ['accept', isSuspect(world) ? 5 : 0],
    ['kill', 2],
    ['close', 1],
    // What fails is mended sooner than it failed.
    ['signer', faults.signerDown ? 9 : 2],
    ['parts', faults.partsDown ? 30 : 1],
    ['disk', faults.diskLow ? 30 : 1],
    ['client', 3],
    ['second', 1],
    ['poison', 2],
    ['crowd', 1],
  ]);
  faults.count('nature', kind);
  scheduler.note(`nature: ${kind}`);
  switch (kind) {
    case 'time':
      return time.advance(choices.pick(SPANS_MS.slice(0, 1 + choices.draw(SPANS_MS.length))));
    case 'jump':
      return time.jump(choices.pick(JUMPS_MS));
    case 'settle':
      return time.advance(SETTLE_MS + 500);
    case 'accept':
      // While it waits the cell may fail, close, or find the wall where it was.
      return void world.machines[0].process?.cell?.acceptClock().catch(() => {});
    case 'work':
      return void runAgent(world, choices.pick(AGENTS), `agent ${world.mint.name()}`, 1 + choices.draw(4));
    case 'govern':
      return void runGovernor(world, 1 + choices.draw(3));
    case 'restart':
      return restartDown(world);
    case 'kill':
      return kill(world, choices.pick(machines));
    case 'close':
      return close(world);
    case 'signer':
      faults.signerDown = !faults.signerDown;
      return;
    case 'parts':
      faults.partsDown = !faults.partsDown;
      return;
    case 'disk':
      faults.diskLow = !faults.diskLow;
      return;
    case 'client':
      return crashClient(world);
    case 'second':
      if (machines[1].process === null) start(world, machines[1]);
      return;
    case 'poison':
      return void runPoisoner(world);
    case 'crowd':
      return void runFlood(world, choices.chance(150) ? FLOOD : BURST);
    default:
      return kind satisfies never;
  }
}

function isSuspect({ machines: [{ process }] }: World): boolean {
  return process !== null && process.clock.read().kind === 'suspect';
}

function isDown({ machines: [first, second] }: World): boolean {
  return first.process === null || first.process.ended !== null || (second.process?.ended ?? null) !== null;
}

/** What did not start, or stays down, is killed and started again, as a service manager would. */
export function restartDown(world: World): void {
  const [first, second] = world.machines;
  for (const machine of [first, second]) {
    if (machine.process !== null && machine.process.ended !== null) kill(world, machine);
  }
  if (first.process === null) start(world, first);
}

/** A shutdown with notice. It takes what is in flight with it, and refuses the rest. */
function close(world: World): void {
  const { process } = world.machines[0];
  if (process === null || process.cell === null || process.ended !== null) return;
  const { cell } = process;
  const closing = { ...process, ended: 'closed' };
  void cell.close().then(() => {
    world.scheduler.note(`${process.owner.name}: closed`);
    world.checks.check('a closed cell owes nothing', process.outstanding.size === 0, () => 'calls are left');
    world.checks.check('a closed cell is closed', cell.phase() === 'closed', () => cell.phase());
    world.machines[0].process =
      world.machines[0].process?.owner === process.owner ? closing : world.machines[0].process;
  });
}

function crashClient({ clients, choices, scheduler }: World): void {
  const alive = [...clients].filter((client) => scheduler.waitingOf(client).length > 0);
  if (alive.length === 0) return;
  const client = choices.pick(alive);
  scheduler.note(`${client.name}: crashes`);
  scheduler.kill(client);
}
