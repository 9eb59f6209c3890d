import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { HASH_BYTES, TILE_WIDTH } from '@writ/proof';
import { TilesFailure } from './failure.ts';

/** 256^7 leaves are more than the largest tree has. */
export const LEVELS = 7;

/** One file a level of the tiles: hash `i` of the level lies at byte `32 i`. Nothing but hashes is in it. */
export type LevelFiles = {
  /** The number of whole hashes in the file. */
  count(level: number): Promise<number>;
  read(level: number, index: number, count: number): Promise<Uint8Array>;
  write(level: number, index: number, hashes: Uint8Array): Promise<void>;
  truncate(level: number, count: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
};

export async function openLevelFiles(folder: string): Promise<LevelFiles> {
  const handles: FileHandle[] = [];
  const touched = new Set<number>();
  try {
    for (let level = 0; level < LEVELS; level += 1) {
      handles.push(await open(join(folder, `level-${level}`), constants.O_CREAT | constants.O_RDWR, 0o600));
    }
  } catch (thrown) {
    await Promise.all(handles.map((handle) => handle.close()));
    throw failed(thrown);
  }
  const handleOf = (level: number): FileHandle => {
    const handle = handles[level];
    if (handle === undefined) throw new TilesFailure('TILES_INVALID', 'no such level');
    return handle;
  };

  return {
    async count(level) {
      const { size } = await handleOf(level).stat().catch(rethrow);
      return Math.floor(size / HASH_BYTES);
    },
    async read(level, index, count) {
      const hashes = new Uint8Array(count * HASH_BYTES);
      const length = await readWhole(handleOf(level), hashes, index * HASH_BYTES).catch(rethrow);
      if (length === hashes.byteLength) return hashes;
      const bad = (index + Math.floor(length / HASH_BYTES)) * TILE_WIDTH ** level;
      throw new TilesFailure('TILES_CORRUPT', `level ${level} ends early`, bad);
    },
    async write(level, index, hashes) {
      if (hashes.byteLength === 0) return;
      touched.add(level);
      await writeWhole(handleOf(level), hashes, index * HASH_BYTES).catch(rethrow);
    },
    async truncate(level, count) {
      touched.add(level);
      await handleOf(level)
        .truncate(count * HASH_BYTES)
        .catch(rethrow);
    },
    async sync() {
      for (const level of new Set(touched)) {
        await handleOf(level).datasync().catch(rethrow);
        touched.delete(level);
      }
    },
    async close() {
      await Promise.all(handles.splice(0).map((handle) => handle.close()));
    },
  };
}

/** How many bytes there were to read. */
async function readWhole(handle: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.byteLength - done, position + done);
    if (bytesRead === 0) return done;
    done += bytesRead;
  }
  return bytes.byteLength;
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

function failed(thrown: unknown): TilesFailure {
  return new TilesFailure('TILES_IO', thrown instanceof Error ? thrown.message : 'the files failed');
}

function rethrow(thrown: unknown): never {
  throw failed(thrown);
}
