// What a disk may hold after a loss of power at any moment of a trace.
//
// A write is certain once a sync of its file, begun after it, has succeeded. Until then the disk has all of
// it, none of it, or some of its sectors, whatever it has of other writes. A sync that failed makes its
// writes certain never: the system has forgotten that they are missing. Names are certain once a sync of
// their folder has succeeded, and become so in order: file systems keep them in a journal of their own.

const SECTOR_BYTES = 512;

/** `pick(bound)` gives 0 … bound − 1. 'none' drops all that is uncertain, 'all' keeps it, 'some' draws. */
export const imageAt = (files, moment, variant, pick) => {
  const image = new Map();
  for (const [path, { names, bodies }] of files) {
    const happened = names.filter(({ started }) => started <= moment);
    const certain = happened.filter(({ certainAt }) => certainAt <= moment).length;
    const kept = { none: certain, all: happened.length, some: certain + pick(happened.length - certain + 1) }[
      variant
    ];
    const body = kept === 0 ? null : happened[kept - 1].body;
    if (body === null) continue;
    image.set(path, contentAt(bodies[body], moment, variant, pick));
  }
  return image;
};

const contentAt = (operations, moment, variant, pick) => {
  const happened = operations.filter(({ started }) => started <= moment);
  const longest = happened.map((one) => (one.kind === 'write' ? one.offset + one.bytes.length : one.size));
  const content = { bytes: Buffer.alloc(Math.max(0, ...longest)), length: 0 };
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

/** The traces of one folder, one process after another, as files with all that happened to them. */
export const filesOf = (calls) => {
  const files = new Map();
  const fileOf = (path) => {
    if (!files.has(path)) files.set(path, { names: [], bodies: [] });
    return files.get(path);
  };
  for (const call of calls) {
    if (!isKept(call)) continue;
    const file = fileOf(call.path);
    const exists = file.names.length > 0 && file.names.at(-1).body !== null;
    if (call.kind === 'open' && call.creates && !exists) {
      file.names.push({
        ...call,
        certainAt: nameCertainAt(calls, call),
        body: file.bodies.length,
      });
      file.bodies.push([]);
    }
    if (call.kind === 'unlink' && exists) {
      file.names.push({ ...call, certainAt: nameCertainAt(calls, call), body: null });
    }
    if (call.kind === 'write' || call.kind === 'truncate') {
      file.bodies.at(-1).push({ ...call, certainAt: dataCertainAt(calls, call) });
    }
  }
  return files;
};

/** The index in shared memory, the lock and the reserve are made anew at every start. */
const isKept = ({ kind, path, ok }) =>
  ok &&
  ['open', 'unlink', 'write', 'truncate'].includes(kind) &&
  path !== '' &&
  !/-shm$|\.lock$|\.reserve$/.test(path);

const syncsAfter = (calls, { path, ended }) =>
  calls.filter(({ kind, path: synced, started }) => kind === 'sync' && synced === path && started > ended);

const dataCertainAt = (calls, call) => {
  const [next] = syncsAfter(calls, call);
  return next?.ok ? next.ended : Infinity;
};

const nameCertainAt = (calls, { ended }) =>
  syncsAfter(calls, { path: '', ended }).find(({ ok }) => ok)?.ended ?? Infinity;
