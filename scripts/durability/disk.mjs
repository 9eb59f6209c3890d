// What a trace did to a disk, told by what it changed: the contents of files, and the names in folders.
import { dirname } from 'node:path';

const folderOf = (path) => (dirname(path) === '.' ? '' : dirname(path));

/** Locks, shared memory and the reserve hold nothing that a start relies on: it makes them anew. */
const isKept = (path) => !/-shm$|\.lock$|\.reserve$|lock\.(?:sqlite|holder)/.test(path);

/**
 * The traces of one folder, one process after another, on top of `base`: files by path, and null for a
 * folder, as they durably were before. Every change has the line from which it is certain to survive
 * (`certainAt`).
 *
 * A write is certain once a sync of its file, begun after it, has succeeded. A sync that failed makes its
 * writes certain never: the system has forgotten that they are missing. A name is certain once a sync of its
 * folder has succeeded.
 */
export const diskOf = (calls, base = new Map()) => {
  const disk = { bodies: [], folders: new Map([['', newFolder()]]), base: new Map() };
  const names = new Map();
  const bodyOfFile = new Map();
  for (const [path, bytes] of base) {
    if (bytes === null) disk.folders.set(path, newFolder());
    if (bytes === null || !isKept(path)) continue;
    disk.base.set(path, newBody(disk, bytes));
    names.set(path, disk.base.get(path));
  }
  for (const call of calls) take({ disk, names, bodyOfFile }, call);
  for (const { operations, syncs } of disk.bodies) {
    for (const operation of operations) {
      const next = syncs.find(({ started }) => started > operation.ended);
      operation.certainAt = next?.ok ? next.ended : Infinity;
    }
  }
  for (const { edits, syncs } of disk.folders.values()) {
    for (const edit of edits) {
      edit.certainAt = syncs.find(({ ok, started }) => ok && started > edit.ended)?.ended ?? Infinity;
    }
  }
  return disk;
};

const newFolder = () => ({ edits: [], syncs: [] });

const newBody = (disk, bytes) => {
  disk.bodies.push({ base: bytes, length: bytes.length, operations: [], syncs: [] });
  return disk.bodies.length - 1;
};

const take = ({ disk, names, bodyOfFile }, call) => {
  const { kind, path, started, ended, ok } = call;
  if (kind === 'say' || !isKept(path) || (!ok && kind !== 'sync')) return;
  const edit = (folder, changes) => {
    for (const [name, body] of changes) names.set(name, body);
    disk.folders.get(folder).edits.push({ started, ended, changes });
  };
  const change = (body, operation) => {
    disk.bodies[body].operations.push({ started, ended, ...operation });
    disk.bodies[body].length = Math.max(
      operation.kind === 'truncate' ? 0 : disk.bodies[body].length,
      endOf(operation),
    );
  };
  switch (kind) {
    case 'open': {
      if (disk.folders.has(path)) return;
      const known = names.get(path);
      if (known === undefined || known === null) {
        if (!call.creates) throw new Error(`${path} was opened and is not known`);
        edit(folderOf(path), [[path, newBody(disk, Buffer.alloc(0))]]);
      } else if (call.truncates) change(known, { kind: 'truncate', size: 0 });
      bodyOfFile.set(call, { body: names.get(path), position: 0 });
      return;
    }
    case 'write': {
      const file = bodyOfFile.get(call.file);
      const { length } = disk.bodies[file.body];
      const offset = call.offset ?? (call.file.appends ? length : file.position);
      if (call.offset === null) file.position = offset + call.bytes.length;
      return change(file.body, { kind, offset, bytes: call.bytes });
    }
    case 'truncate':
      return change(bodyOfFile.get(call.file).body, { kind, size: call.size });
    case 'sync': {
      const place = disk.folders.get(path) ?? disk.bodies[bodyOfFile.get(call.file).body];
      place.syncs.push({ started, ended, ok });
      return;
    }
    case 'unlink':
      return edit(folderOf(path), [[path, null]]);
    case 'mkdir':
      disk.folders.set(path, newFolder());
      return edit(folderOf(path), [[path, 'folder']]);
    case 'rename':
      return edit(folderOf(call.to), [
        [call.to, names.get(path)],
        [path, null],
      ]);
    case 'link':
      return edit(folderOf(call.to), [[call.to, names.get(path)]]);
    default:
      throw new Error(`${kind} cannot be replayed`);
  }
};

export const endOf = (operation) =>
  operation.kind === 'truncate' ? operation.size : operation.offset + operation.bytes.length;
