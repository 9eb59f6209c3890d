import { emptyState, fold, printSnapshot, restoreSnapshot } from '@writ/kernel';
import { decodeStored } from '@writ/kernel/engine';
import { encodeUtf8, nodeHash, leafHash, encodeBase64, sha256Base64url } from '@writ/proof';
import { checkJudgedAgain } from './invariants/judged-again.ts';
import { ADMIN } from './cast.ts';
import { kill, start } from './machine.ts';
import { digestOf } from './names.ts';
import { restartDown } from './nature.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** A calm world comes to rest within this many steps, or something hangs or turns in circles. */
const CALM_STEPS_MAX = 60_000;
const RESTARTS_MAX = 6;

/**
 * The storm is over: nothing more fails, the clock is right, one cell runs. Everything that was begun must
 * end, and what is in memory must be what is durable.
 */
export async function settle(world: World): Promise<void> {
  const { faults, machines, checks, scheduler } = world;
  faults.calm = true;
  faults.signerDown = false;
  faults.partsDown = false;
  scheduler.note('calm');
  kill(world, machines[1]);
  for (let restarts = 0; restarts < RESTARTS_MAX; restarts += 1) {
    healClock(world);
    restartDown(world);
    await rest(world);
    if (isServing(machines[0].process) && (await probe(world))) break;
  }
  const { process } = machines[0];
  const serving = isServing(process);
  checks.check('a cell serves again by itself', serving, () => String(process?.ended));
  if (checks.first() === null && process !== null && serving) checkRest(world, process);
  faults.calm = false;
}

/** A cell that another has fenced learns of it when it writes: it serves if a write is answered. */
async function probe(world: World): Promise<boolean> {
  const [{ process }] = world.machines;
  const id = world.mint.id('key');
  const key = digestOf(id);
  let done = false;
  const command = { kind: 'rotate_key', id, by: ADMIN, key, change: 'add', purpose: 'bundle' } as const;
  void process?.submit(command).then(
    ({ answer }) => {
      done = answer.kind === 'done';
    },
    () => {},
  );
  await rest(world);
  return done;
}

async function rest({ scheduler, checks }: World): Promise<void> {
  for (let at = 0; at < CALM_STEPS_MAX; at += 1) {
    if (checks.first() !== null || !(await scheduler.step())) return;
  }
  checks.check('a calm world comes to rest', false, () => scheduler.trace.slice(-4).join('; '));
}

function isServing(process: Process | null): boolean {
  return process !== null && process.ended === null && process.cell?.phase() === 'open';
}

/** Sets the wall right: not behind the log; and a cell that had anchored elsewhere is started again. */
function healClock(world: World): void {
  const { machines, time, disk } = world;
  const [machine] = machines;
  time.jump(Math.max(0, disk.log.state.now_ms - time.wall_ms()));
  if (machine.process?.clock.read().kind === 'sound') return;
  kill(world, machine);
  start(world, machine);
}

function checkRest(world: World, process: Process): void {
  const { checks, disk, promised } = world;
  const { cell, outstanding } = process;
  if (cell === null) return;
  checks.check('every call settles', outstanding.size === 0, () => `${outstanding.size} calls hang`);
  const { records } = disk.log;
  const live = printSnapshot(cell.state());
  const folded = printSnapshot(refold(world));
  const same = cell.durableSize() === records.length && live === folded;
  checks.check('live state is the fold of the log', same, () => firstDifference(live, folded));
  const restored = printSnapshot(restoreSnapshot(live));
  checks.check('a snapshot restores what it was taken of', restored === live, () => `at ${records.length}`);
  for (const [index, head] of promised.heads) {
    checks.check('no answered record is lost', records[index]?.head === head, () => `record ${index}`);
  }
  checkJudgedAgain(world, world.promised.judged);
  world.promised.judged = records.length;
  const leaves = records.map((record) => leafHash(encodeUtf8(record.head)));
  const root = encodeBase64(rootOfLeaves(leaves));
  checks.check('the root is that of all heads', root === disk.log.rootAt(records.length), () => root);
}

/** From nothing, strictly, as a stranger would. */
function refold({ disk }: World): ReturnType<typeof emptyState> {
  const decoded = disk.store.batches.length === 0 ? [] : disk.log.records;
  return fold(
    emptyState(),
    decoded.map((record) => decodeStored(sha256Base64url, encodeUtf8(record.head), record.state)),
  );
}

/** RFC 9162 section 2.1.1 as it is written, beside the incremental one. */
function rootOfLeaves(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return nodeHash(rootOfLeaves(leaves.slice(0, half)), rootOfLeaves(leaves.slice(half)));
}

function firstDifference(live: string, folded: string): string {
  let at = 0;
  while (at < live.length && live[at] === folded[at]) at += 1;
  return `live …${live.slice(at - 60, at + 60)}… folded …${folded.slice(at - 60, at + 60)}…`;
}
