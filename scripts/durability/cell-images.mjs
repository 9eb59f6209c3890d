// `images`: what the disks of a cell may hold after a loss of power is started from.
//
// A traced cell is cut at many moments. What was written and not synced by then is dropped, kept, or torn at
// sectors, file by file; then the cell starts from what is left. The key directory may lie on another disk:
// its uncertain writes have their own fate. No acknowledged answer may be missing, in any image. The same
// with a sync of every thread that fails once: the cell must not believe what it wrote before.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultOfStart } from '../../apps/cell/test/crash/start-image.ts';
import { answersIn, traceCell } from './cell-trace.mjs';
import { diskOf } from './disk.mjs';
import { imageAt } from './images.mjs';
import { pickFrom } from './pick.mjs';

const SHORT = { actions: 60, waves: 2, images: 32, control_images: 8 };
const LONG = { actions: 500, waves: 3, images: 600, control_images: 60 };
/** The so-manyth sync of each thread; the first dozen belong to the start, which would refuse. */
const FAILED_SHORT = [14];
const FAILED_LONG = [13, 14, 16, 18, 20, 24, 30, 40];
const FAILED_IMAGES = 12;
const VARIANTS = ['none', 'all', 'some', 'some'];
const KEYS = 'config/';
const SHOWN_MAX = 5;
/** Where a sync costs nothing, if there is such a place: what the disk did is in the image already. */
const MEMORY = '/dev/shm';

/** Starts from `count` images, spread over the trace, and answers what was wrong with any. */
const findLosses = async (trace, directory, count, { seed, progress }) => {
  const { base, calls } = trace;
  const pick = pickFrom(seed);
  const disk = diskOf(calls, base);
  const answers = answersIn(calls);
  const moments = calls.filter(({ kind }) => kind !== 'open').map(({ started }) => started);
  const faults = [];
  let checked = 0;
  for (let number = 0; number < count; number += 1) {
    const from = Math.floor((moments.length * number) / count);
    const to = Math.floor((moments.length * (number + 1)) / count);
    const moment = moments[from + pick(Math.max(1, to - from))];
    const [store, keys] = [VARIANTS[number % VARIANTS.length], VARIANTS[pick(VARIANTS.length)]];
    const image = imageAt(disk, moment, (path) => (path.startsWith(KEYS) ? keys : store), pick);
    const promised = answers.filter(({ said }) => said.started <= moment);
    const fault = await faultOfStart(directory, trace.agent, image, promised);
    checked += promised.length;
    if (fault !== null)
      faults.push(`line ${moment}, of the uncertain ${store} of the store, ${keys} of the keys: ${fault}`);
    progress(`images: ${number + 1} of ${count}, ${faults.length} faults`);
  }
  return { checked, faults };
};

export const showImages = async ({ isShort, report, seed, progress }) => {
  const workspace = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'writ-images-'));
  const { actions, waves, images, control_images } = isShort ? SHORT : LONG;
  // One path for all: an engine that was loaded from it stays loaded.
  const directory = join(workspace, 'image');
  const look = async (mode, count, waves_of_mode, injection) => {
    const trace = await traceCell(workspace, { mode, actions, waves: waves_of_mode, injection });
    rmSync(trace.directory, { recursive: true, force: true });
    const failed = trace.calls.filter(({ kind, ok }) => kind === 'sync' && !ok).length;
    return { failed, ...(await findLosses(trace, directory, count, { seed, progress })) };
  };
  try {
    const { checked, faults } = await look('synced', images, waves);
    for (const fault of faults.slice(0, SHOWN_MAX)) process.stdout.write(`     ${fault}\n`);
    report(
      'cell, images',
      faults.length === 0 && checked > 0,
      `${faults.length} of ${images} images lost something, of ${checked} answers looked for`,
    );
    for (const when of isShort ? FAILED_SHORT : FAILED_LONG) {
      const injection = `fsync,fdatasync:error=EIO:when=${when}`;
      const found = await look('synced', FAILED_IMAGES, 1, injection);
      for (const fault of found.faults.slice(0, SHOWN_MAX)) process.stdout.write(`     ${fault}\n`);
      report(
        `cell, images, sync ${when} of each thread fails`,
        found.faults.length === 0 && found.failed > 0,
        `${found.failed} failed; ${found.faults.length} of ${FAILED_IMAGES} images lost something`,
      );
    }
    const control = await look('unsynced', control_images, 1);
    report(
      'cell, images, control',
      control.faults.length > 0,
      `${control.faults.length} of ${control_images} images lost something`,
    );
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
};
