// `journal`: shows that a batch which the journal has answered survives a loss of power.
//
//  1. order: under strace, `committed` follows a sync that follows the write of its batch;
//  2. images: what the disk may hold at each moment of that trace is started from; nothing is missing;
//  3. failed sync: the same when a sync in COMMIT fails, the process dies, and another goes on;
//  4. control: without syncs, the first two must find fault, or they could not find any.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diskOf } from './disk.mjs';
import { imageAt } from './images.mjs';
import { findEarlyAnswers } from './order.mjs';
import { pickFrom } from './pick.mjs';
import { faultOfImage } from './recover.mjs';
import { traceNode } from './trace.mjs';

const SMALL = [300, 300, 9_000, 300, 40_000, 300, 0, 300, 20_000, 300, 300];
// Enough to set off a checkpoint beside the writer, in the long form.
const LONG = [...SMALL, ...Array.from({ length: 11 }, () => 400_000), ...SMALL];
const IMAGES_SHORT = 150;
const IMAGES_LONG = 600;

// The first syncs belong to the start; from the eleventh or so on they belong to COMMIT.
const FAILURES = [
  { when: 16, ends: 'killed' },
  { when: 13, ends: 'killed' },
  { when: 12, ends: 'told' },
  ...[8, 10, 14].flatMap((when) => [
    { when, ends: 'told' },
    { when, ends: 'killed' },
  ]),
];

const writer = join(dirname(fileURLToPath(import.meta.url)), 'writer.mjs');
/** Traces one process after another on one folder; the lines of later traces follow those of earlier ones. */
const trace = (workspace, name, runs) => {
  const folder = join(workspace, name);
  mkdirSync(folder);
  const all = [];
  let offset = 0;
  for (const { mode, lengths, injection } of runs) {
    const words = [writer, join(folder, 'journal.db'), mode, ...lengths.map(String)];
    const { said, complained, calls } = traceNode(folder, words, injection);
    if (!said.startsWith('open ') && injection === undefined)
      throw new Error(`the writer did not start: ${complained}`);
    // Changed in place: writes and syncs point to the call that opened their file.
    for (const call of calls) {
      call.started += offset;
      call.ended += offset;
      all.push(call);
    }
    offset = 1 + Math.max(...all.map(({ started, ended }) => (Number.isFinite(ended) ? ended : started)));
  }
  return all;
};

/** Starts from images of the trace and answers what was wrong with any. */
const findLosses = (workspace, calls, { isShort, seed }) => {
  const pick = pickFrom(seed);
  const disk = diskOf(calls);
  const moments = calls.filter(({ kind }) => kind !== 'open').map(({ started }) => started);
  const step = Math.max(1, Math.ceil((moments.length * 3) / (isShort ? IMAGES_SHORT : IMAGES_LONG)));
  const losses = [];
  let images = 0;
  for (let at = pick(step); at < moments.length; at += step) {
    const moment = moments[at];
    const promised = calls.flatMap(({ kind, started, text }) => {
      const [, mark] = (kind === 'say' && started <= moment && /^committed (.*)\n$/.exec(text)) || [];
      return mark === undefined ? [] : [mark];
    });
    for (const variant of ['none', 'all', 'some']) {
      const fault = faultOfImage(join(workspace, 'image'), imageAt(disk, moment, variant, pick), promised);
      images += 1;
      if (fault !== null) losses.push(`line ${moment}, ${variant} of the uncertain kept: ${fault}`);
    }
  }
  return { images, losses };
};

const answersIn = (calls) =>
  calls.filter(({ kind, text }) => kind === 'say' && text.startsWith('committed')).length;

/** A sync fails; the process is told of it, or is killed before that; another one goes on in its place. */
const showFailedSync = (workspace, { when, ends }, options) => {
  const fault = `fsync,fdatasync:error=EIO${ends === 'killed' ? ':signal=KILL' : ''}:when=${when}`;
  const failed = trace(workspace, `failed-${when}-${ends}`, [
    { mode: 'synced', lengths: SMALL.filter((length) => length > 0), injection: fault },
    { mode: 'synced', lengths: [300, 300] },
  ]);
  const bad = failed.find(({ kind, ok }) => kind === 'sync' && !ok);
  const answer = failed.some(({ kind, text }) => kind === 'say' && text.startsWith('unknown'))
    ? ', answered unknown'
    : '';
  const { images, losses } = findLosses(workspace, failed, options);
  const said = `${losses.length} of ${images} lost something ${losses[0] ?? ''}`;
  options.report(
    `failed sync ${when} (${bad?.path || 'folder'}), process ${ends}${answer}`,
    losses.length === 0,
    said,
  );
};

const show = (workspace, options) => {
  const { isShort, report } = options;
  const synced = trace(workspace, 'synced', [{ mode: 'synced', lengths: isShort ? SMALL : LONG }]);
  const early = findEarlyAnswers(synced);
  report(
    'order',
    early.length === 0,
    `${early.length} of ${answersIn(synced)} answers came before their sync ${early[0] ?? ''}`,
  );
  const found = findLosses(workspace, synced, options);
  report(
    'images',
    found.losses.length === 0,
    `${found.losses.length} of ${found.images} lost something ${found.losses[0] ?? ''}`,
  );

  // The syncs of a start come first; these fail one in a COMMIT soon after.
  for (const failure of isShort ? FAILURES.slice(0, 2) : FAILURES)
    showFailedSync(workspace, failure, options);

  const control = trace(workspace, 'control', [{ mode: 'unsynced', lengths: SMALL }]);
  const controlEarly = findEarlyAnswers(control).length;
  report(
    'control, order',
    controlEarly > 0,
    `${controlEarly} of ${answersIn(control)} answers came before their sync`,
  );
  const controlLosses = findLosses(workspace, control, options);
  report(
    'control, images',
    controlLosses.losses.length > 0,
    `${controlLosses.losses.length} of ${controlLosses.images} lost something`,
  );
};

export const showJournal = (options) => {
  const workspace = mkdtempSync(join(tmpdir(), 'writ-durability-'));
  try {
    show(workspace, options);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
};
