import { join } from 'node:path';
import { readPrivateFile, replacePrivateFile, sweepTemporaries } from '../home/private-file.ts';
import { ANCHOR_BYTES_MAX, type Anchor, checkAnchorForm, parseAnchor, printAnchor } from './anchor.ts';
import { AnchorFailure } from './failure.ts';

/**
 * Keeps the anchor of one cell. `offer` is cheap and called for every checkpoint; `sync` writes the highest
 * one offered, and is called each second and at exit.
 */
export type AnchorKeeper = {
  /** What is durable. */
  durable(): Anchor | undefined;
  /** Takes a newer checkpoint of the same log. Throws `ANCHOR_BACKWARDS` or `ANCHOR_FORKED`. */
  offer(anchor: Anchor): void;
  /** Makes the highest offer durable. After a rejection the offer stays, and the next call tries again. */
  sync(): Promise<void>;
  /** Begins another epoch, durably: only `recover` and `restore` may. */
  replace(anchor: Anchor): Promise<void>;
};

/** Opens the anchor in the key directory, whose keystore lock the caller holds. */
export async function openAnchor(keyDirectory: string): Promise<AnchorKeeper> {
  const path = join(keyDirectory, 'anchor');
  await sweepTemporaries(path);
  const bytes = await readPrivateFile(path, ANCHOR_BYTES_MAX);
  let durable = bytes === 'missing' ? undefined : parseAnchor(bytes);
  let highest = durable;
  let queue: Promise<unknown> = Promise.resolve();
  /** One write at a time; each writes what is highest when its turn comes. */
  const write = (): Promise<void> => {
    const result = queue.then(async () => {
      const target = highest;
      if (target === undefined || target === durable) return;
      await replacePrivateFile(path, printAnchor(target));
      durable = target;
    });
    queue = result.catch(() => {});
    return result;
  };
  return {
    durable: () => durable,
    offer(anchor) {
      checkAnchorForm(anchor);
      if (highest !== undefined) refuseStepBack(highest, anchor);
      if (highest === undefined || anchor.size > highest.size) highest = anchor;
    },
    sync: write,
    async replace(anchor) {
      checkAnchorForm(anchor);
      highest = anchor;
      await write();
    },
  };
}

function refuseStepBack(highest: Anchor, anchor: Anchor): void {
  if (anchor.origin !== highest.origin) {
    throw new AnchorFailure(
      'ANCHOR_FORKED',
      `this cell signs for ${highest.origin}, not for ${anchor.origin}`,
    );
  }
  if (anchor.size < highest.size) {
    throw new AnchorFailure('ANCHOR_BACKWARDS', `size ${highest.size} was signed already`);
  }
  if (anchor.size === highest.size && anchor.root !== highest.root) {
    throw new AnchorFailure('ANCHOR_FORKED', `another root was signed at size ${highest.size}`);
  }
}
