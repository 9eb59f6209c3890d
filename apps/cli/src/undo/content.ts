import { createHash } from 'node:crypto';
import { readSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { fail } from './failure.ts';
import { CHUNK_BYTES } from './limits.ts';

/** Content by its digest: SHA-256, base64url. */
export type Content = {
  holds(digest: string): boolean;
  /** Reads an open file to its end. */
  addFile(fd: number): string;
  addText(text: string): string;
  text(digest: string): string;
  /** Writes what it holds under a digest, and checks on the way that it is that. */
  writeTo(fd: number, digest: string): void;
};

export function openContent(database: DatabaseSync): Content {
  const rows = prepareRows(database);
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  return {
    holds: (digest) => rows.idOf(digest) !== null,
    addFile(fd) {
      const first = fill(fd, buffer, 0);
      return first.length < CHUNK_BYTES ? addWhole(rows, first) : addLong(rows, fd, buffer);
    },
    addText: (text) => addWhole(rows, Buffer.from(text, 'utf8')),
    text(digest) {
      const bytes = Buffer.concat([...rows.chunksOf(digest)]);
      if (digestOf(bytes) !== digest) throw damaged();
      return bytes.toString('utf8');
    },
    writeTo(fd, digest) {
      const hash = createHash('sha256');
      for (const chunk of rows.chunksOf(digest)) {
        hash.update(chunk);
        for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
      }
      if (hash.digest('base64url') !== digest) throw damaged();
    },
  };
}

/** The digest of what an open file holds, keeping nothing of it. */
export function digestOfOpen(fd: number): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const chunk = fill(fd, buffer, at);
    hash.update(chunk);
    at += chunk.length;
    if (chunk.length < CHUNK_BYTES) return hash.digest('base64url');
  }
}

function addWhole(rows: Rows, bytes: Uint8Array): string {
  const digest = digestOf(bytes);
  if (rows.idOf(digest) === null) rows.addChunk(rows.addObject(digest, bytes.length), 0, bytes);
  return digest;
}

/** Its digest is known at the end only: what was there already is taken back. */
function addLong(rows: Rows, fd: number, buffer: Buffer): string {
  const hash = createHash('sha256');
  const id = rows.addObject('being read', 0);
  let at = 0;
  for (let length = CHUNK_BYTES; length === CHUNK_BYTES; ) {
    const chunk = fill(fd, buffer, at);
    hash.update(chunk);
    rows.addChunk(id, at, chunk);
    at += chunk.length;
    ({ length } = chunk);
  }
  const digest = hash.digest('base64url');
  if (rows.idOf(digest) === null) rows.name(id, digest, at);
  else rows.remove(id);
  return digest;
}

/** As much as the buffer takes, from `at` on; less only at the end of the file. */
function fill(fd: number, buffer: Buffer, at: number): Uint8Array {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(fd, buffer, length, buffer.length - length, at + length);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}

type Rows = {
  idOf(digest: string): number | null;
  addObject(digest: string, bytes: number): number | bigint;
  addChunk(object: number | bigint, at: number, content: Uint8Array): void;
  name(id: number | bigint, digest: string, bytes: number): void;
  remove(id: number | bigint): void;
  chunksOf(digest: string): Iterable<Uint8Array>;
};

function prepareRows(database: DatabaseSync): Rows {
  const find = database.prepare('SELECT id FROM objects WHERE digest = ?');
  const object = database.prepare('INSERT INTO objects (digest, bytes) VALUES (?, ?)');
  const chunk = database.prepare('INSERT INTO chunks VALUES (?, ?, ?)');
  const rename = database.prepare('UPDATE objects SET digest = ?, bytes = ? WHERE id = ?');
  const idOf = (digest: string): number | null => {
    const id = find.get(digest)?.['id'];
    return typeof id === 'number' ? id : null;
  };
  return {
    idOf,
    addObject: (digest, bytes) => object.run(digest, bytes).lastInsertRowid,
    addChunk: (id, at, content) => void chunk.run(id, at, content),
    name: (id, digest, bytes) => void rename.run(digest, bytes, id),
    remove: (id) => removeObject(database, id),
    chunksOf: (digest) => chunksOf(database, idOf(digest)),
  };
}

export function removeObject(database: DatabaseSync, id: number | bigint): void {
  database.prepare('DELETE FROM chunks WHERE object = ?').run(id);
  database.prepare('DELETE FROM objects WHERE id = ?').run(id);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

function* chunksOf(database: DatabaseSync, id: number | null): Iterable<Uint8Array> {
  if (id === null) throw damaged();
  for (const row of database.prepare('SELECT content FROM chunks WHERE object = ? ORDER BY at').iterate(id)) {
    const { content } = row;
    if (!(content instanceof Uint8Array)) throw damaged();
    yield content;
  }
}

function damaged(): Error {
  return fail('SNAPSHOT_STORE', 'what was kept is not what is there: the snapshots are damaged');
}
