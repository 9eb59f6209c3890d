// What a disk may hold after a loss of power at any moment of a trace.
//
// What is not certain yet the disk has whole, not at all, or in some of its sectors, whatever it has of other
// writes. Names become certain in order, folder by folder: file systems keep them in a journal of their own.
import { dirname } from 'node:path';
import { endOf } from './disk.mjs';

const SECTOR_BYTES = 512;

/**
 * Files by path as they are after a loss of power at `moment`. `variant` says what becomes of the uncertain:
 * 'none' drops it, 'all' keeps it, 'some' draws with `pick(bound)`, which gives 0 … bound − 1. It may be a
 * function of the path: files on other disks have another fate.
 */
export const imageAt = (disk, moment, variant, pick) => {
  const variantOf = typeof variant === 'function' ? variant : () => variant;
  const image = new Map();
  for (const [path, body] of namesAt(disk, moment, variantOf, pick)) {
    image.set(path, contentAt(disk.bodies[body], moment, variantOf(path), pick));
  }
  return image;
};

const namesAt = (disk, moment, variantOf, pick) => {
  const kept = [];
  for (const [folder, { edits }] of disk.folders) {
    const happened = edits.filter(({ started }) => started <= moment);
    const certain = happened.filter(({ certainAt }) => certainAt <= moment).length;
    const some = certain + pick(happened.length - certain + 1);
    kept.push(...happened.slice(0, { none: certain, all: happened.length, some }[variantOf(`${folder}/`)]));
  }
  const names = new Map(disk.base);
  const made = new Set();
  for (const { changes } of kept.sort((left, right) => left.started - right.started)) {
    for (const [path, body] of changes) {
      if (body === 'folder') made.add(path);
      else names.set(path, body);
    }
  }
  const isLost = (path) =>
    path !== '.' &&
    ((disk.folders.has(path) && isNew(disk, path) && !made.has(path)) || isLost(dirname(path)));
  return [...names].filter(([path, body]) => body !== null && !isLost(dirname(path)));
};

const isNew = (disk, folder) =>
  [...disk.folders.values()].some(({ edits }) =>
    edits.some(({ changes }) => changes.some(([path, body]) => path === folder && body === 'folder')),
  );

const contentAt = ({ base, operations }, moment, variant, pick) => {
  const happened = operations.filter(({ started }) => started <= moment);
  if (happened.length === 0) return base;
  const content = { bytes: Buffer.alloc(Math.max(base.length, ...happened.map(endOf))), length: base.length };
  base.copy(content.bytes);
  for (const operation of happened) {
    const isCertain = operation.certainAt <= moment;
    if (!isCertain && (variant === 'none' || (variant === 'some' && pick(3) === 0))) continue;
    const isTorn = !isCertain && variant === 'some' && pick(2) === 0;
    if (operation.kind === 'truncate') resize(content, operation.size);
    else write(content, operation, isTorn, pick);
  }
  return content.bytes.subarray(0, content.length);
};

/** What was cut off does not come back when the file grows again. */
const resize = (content, size) => {
  content.bytes.fill(0, size, Math.max(size, content.length));
  content.length = size;
};

const write = (content, { offset, bytes }, isTorn, pick) => {
  content.length = Math.max(content.length, offset + bytes.length);
  for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
    if (!isTorn || pick(2) === 0) bytes.copy(content.bytes, offset + at, at, at + SECTOR_BYTES);
  }
};
