import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { destroyFile, readPrivateFile, replacePrivateFile, sweepTemporaries } from '../home/private-file.ts';
import { SealingFailure } from './failure.ts';
import type { MasterKeys } from './master-key.ts';
import { openSealingKey, SEALING_KEY_BYTES, type SealingKey } from './seal.ts';
import { unwrapKey, wrapKey } from './wrap.ts';

const VERSION_LINE = 'writ-master-key/v1';
/**
 * Version line and 43 characters of base64url with their newlines, and some room to tell longer from wrong.
 */
const MASTER_FILE_BYTES_MAX = 128;

/** Master keys as files of their own in `directory`, one a generation, readable by their owner alone. */
export function openFileMasterKeys(directory: string): MasterKeys {
  return {
    async create(identifier) {
      const key = randomBytes(SEALING_KEY_BYTES);
      const bytes = Buffer.from(`${VERSION_LINE}\n${key.toString('base64url')}\n`, 'latin1');
      await replacePrivateFile(pathOf(directory, identifier), bytes);
      key.fill(0);
      bytes.fill(0);
    },
    async wrap(identifier, key, context) {
      return wrapKey(await readMaster(directory, identifier), key, context);
    },
    async unwrap(identifier, wrapped, context) {
      const master = await readMaster(directory, identifier);
      try {
        return unwrapKey(master, wrapped, context);
      } catch {
        throw new SealingFailure('MASTER_WRONG', `master key ${identifier} does not fit this keystore`);
      }
    },
    async destroy(identifier) {
      const path = pathOf(directory, identifier);
      // What a crash within create() left beside it never wrapped anything.
      await sweepTemporaries(path);
      await destroyFile(path);
    },
  };
}

async function readMaster(directory: string, identifier: string): Promise<SealingKey> {
  const path = pathOf(directory, identifier);
  const bytes = await readPrivateFile(path, MASTER_FILE_BYTES_MAX);
  if (bytes === 'missing') {
    throw new SealingFailure('MASTER_MISSING', `${path} is missing: what it protected cannot be opened`);
  }
  const [version, text, end, ...rest] = Buffer.from(bytes).toString('latin1').split('\n');
  const key = Buffer.from(text ?? '', 'base64url');
  const exact = key.length === SEALING_KEY_BYTES && key.toString('base64url') === text;
  if (version !== VERSION_LINE || !exact || end !== '' || rest.length > 0) {
    throw new SealingFailure('MASTER_MALFORMED', `${path} is damaged: restore it from its own backup`);
  }
  bytes.fill(0);
  return openSealingKey(key);
}

function pathOf(directory: string, identifier: string): string {
  // The keystore mints identifiers; anything else must not become a path.
  if (!/^[0-9a-f]{16}-[0-9]{1,10}$/.test(identifier)) {
    throw new SealingFailure('MASTER_MISSING', 'this is not the name of a master key');
  }
  return join(directory, `master-${identifier}.key`);
}
