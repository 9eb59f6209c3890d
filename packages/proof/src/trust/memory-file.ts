import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { Failure } from '../failure.ts';
import { printJson } from '../json/print.ts';
import type { JsonValue } from '../json/value.ts';
import { isId } from '../record/parse-head.ts';
import { HASH_BYTES } from '../tree/hash.ts';
import {
  asCount,
  asList,
  asObject,
  asSize,
  asText,
  checkMembers,
  type FileForm,
  readMembers,
} from '../writ/read-members.ts';
import {
  type Memory,
  MEMORY_ACTIONS_MAX,
  MEMORY_CHECKPOINTS_MAX,
  MEMORY_FORMAT,
  type RememberedCheckpoint,
} from './memory.ts';

const FORM: FileForm = {
  name: 'writ-memory',
  version: 1,
  members: ['checkpoints', 'actions', 'forgotten_before_ms'],
  // A checkpoint with many cosignatures is 16 KB, an action 60 bytes.
  limits: { bytes: 16 * 1024 * 1024, depth: 8, values: 1_000_000 },
};

/**
 * Canonical text of a memory, for readers that keep theirs in a file. Entries are sorted by origin and by
 * id.
 */
export function printMemory(memory: Memory): string {
  const checkpoints = [...memory.checkpoints.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  const actions = [...memory.actions].sort(([a], [b]) => (a < b ? -1 : 1));
  return printJson({
    format: MEMORY_FORMAT,
    checkpoints: checkpoints.map(({ origin, size, root, note }) => ({
      origin,
      size: `${size}`,
      root: encodeBase64(root),
      note,
    })),
    actions: actions.map(([id, until_ms]) => ({ id, until_ms })),
    forgotten_before_ms: memory.forgotten_before_ms,
  });
}

export function parseMemory(bytes: Uint8Array): Memory {
  const members = readMembers(bytes, FORM);
  const checkpoints = asList(members['checkpoints'], MEMORY_CHECKPOINTS_MAX).map(readRemembered);
  const actions = asList(members['actions'], MEMORY_ACTIONS_MAX).map(readAction);
  const memory = {
    checkpoints: new Map(checkpoints.map((checkpoint) => [checkpoint.origin, checkpoint])),
    actions: new Map(actions),
    forgotten_before_ms: asCount(members['forgotten_before_ms']),
  };
  if (memory.checkpoints.size !== checkpoints.length || memory.actions.size !== actions.length) {
    throw new Failure('FILE_MALFORMED', 'an entry stands twice');
  }
  return memory;
}

function readRemembered(value: JsonValue): RememberedCheckpoint {
  const entry = asObject(value);
  checkMembers(entry, ['origin', 'size', 'root', 'note']);
  const root = decodeBase64(asText(entry['root']));
  if (root.length !== HASH_BYTES) throw new Failure('TREE_HASH_LENGTH', 'a root hash is exactly 32 bytes');
  return { origin: asText(entry['origin']), size: asSize(entry['size']), root, note: asText(entry['note']) };
}

function readAction(value: JsonValue): readonly [string, number] {
  const entry = asObject(value);
  checkMembers(entry, ['id', 'until_ms']);
  const id = asText(entry['id']);
  if (!isId(id)) throw new Failure('FILE_MALFORMED', 'an id is wanted');
  return [id, asCount(entry['until_ms'])];
}
