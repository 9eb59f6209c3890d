import { systemCode } from '../home/failure.ts';
import { appendFrames, type PartBatch } from './append-frames.ts';
import type { Disk } from './disk.ts';
import { eraseDomainSlice, eraseParts, sweepParts } from './erase-parts.ts';
import { PartFailure } from './failure.ts';
import { COMMITMENT_BYTES } from './frame.ts';
import { openPartFiles } from './open-part-files.ts';
import { closePartFiles, markNow, type PartFiles } from './part-files.ts';
import type {
  FailureMessage,
  GetAnswer,
  PartAnswer,
  PartRequestMessage,
  PartResponseMessage,
  PartValue,
} from './protocol.ts';
import { readPart } from './read-part.ts';

/** Puts that waited together become one write and one sync, up to this much plaintext. */
const GROUP_BYTES_MAX = 8 * 1024 * 1024;

type PutRequest = Extract<PartRequestMessage, { kind: 'put' }>;
type GetRequest = Extract<PartRequestMessage, { kind: 'get' }>;

/** The worker's side of a part store: requests in order in, responses in order out. Blocks. */
export type PartServer = (requests: readonly PartRequestMessage[]) => readonly PartResponseMessage[];

export function servePartFiles(directory: string, disk: Disk): PartServer {
  const files = openPartFiles(directory, disk);
  /** After a failure of the disk nothing here is certain: everything is refused until it is opened afresh. */
  let failed = false;
  const attempt = <T>(work: () => T): T => {
    if (failed) throw new PartFailure('PARTS_FAILED', 'the part store failed before: open it afresh');
    try {
      return work();
    } catch (error) {
      if (!(error instanceof PartFailure)) failed = true;
      throw error;
    }
  };
  return (requests) => {
    const responses: PartResponseMessage[] = [];
    for (const group of groupPuts(requests)) {
      const answer = respond(() => attempt(() => serveGroup(files, group)));
      for (const { id } of group) responses.push({ ...answer, id });
    }
    return responses;
  };
}

/** Runs of neighbouring puts together, everything else alone, all in order. */
function groupPuts(requests: readonly PartRequestMessage[]): readonly (readonly PartRequestMessage[])[] {
  const groups: PartRequestMessage[][] = [];
  let bytes = 0;
  for (const request of requests) {
    const last = groups.at(-1);
    const size = request.kind === 'put' ? request.batch.plaintexts.length : 0;
    const joins = request.kind === 'put' && last?.[0]?.kind === 'put' && bytes + size <= GROUP_BYTES_MAX;
    if (joins) last.push(request);
    else groups.push([request]);
    bytes = joins ? bytes + size : size;
  }
  return groups;
}

function serveGroup(files: PartFiles, group: readonly PartRequestMessage[]): PartValue[keyof PartValue] {
  const [request] = group;
  switch (request?.kind) {
    case undefined:
      return undefined;
    case 'put':
      appendFrames(files, batchesOf(group));
      return undefined;
    case 'get':
      return readParts(files, request);
    case 'erase':
      eraseParts(files, request.indexes);
      return undefined;
    case 'erase-domain':
      return eraseDomainSlice(files, request.domain, request.keep, request.cursor);
    case 'sweep':
      return sweepParts(files, request.durable_size, request.orphans_max);
    case 'forget':
      files.keys.forget(request.key_id);
      return undefined;
    case 'close':
      markNow(files);
      closePartFiles(files);
      return undefined;
  }
}

function batchesOf(group: readonly PartRequestMessage[]): readonly PartBatch[] {
  return group.filter((request): request is PutRequest => request.kind === 'put').map(({ batch }) => batch);
}

function readParts(files: PartFiles, request: GetRequest): GetAnswer {
  for (const key of request.keys) files.keys.learn(key);
  const found: Uint8Array[] = [];
  let bytes = 0;
  const answers = Array.from(request.indexes, (index, position): PartAnswer => {
    const start = position * COMMITMENT_BYTES;
    const commitment = request.commitments.subarray(start, start + COMMITMENT_BYTES);
    try {
      const read = readPart(files, index, commitment);
      if (read.kind !== 'content') return read;
      found.push(read.bytes);
      bytes += read.bytes.length;
      return { kind: 'content', start: bytes - read.bytes.length, end: bytes };
    } catch (error) {
      return { kind: 'failed', failure: readFailure(error, index) };
    }
  });
  const content = new Uint8Array(bytes);
  let offset = 0;
  for (const part of found) {
    content.set(part, offset);
    offset += part.length;
    part.fill(0);
  }
  return { answers, content };
}

/** One record that cannot be read says nothing about the others. */
function readFailure(error: unknown, index: number): FailureMessage {
  if (error instanceof PartFailure) return { code: error.code, detail: error.detail, index };
  return { code: 'PART_CORRUPT', detail: `record ${index} cannot be read (${systemCode(error)})`, index };
}

function respond(work: () => PartValue[keyof PartValue]): PartResponseMessage {
  try {
    return { id: 0, ok: true, value: work() };
  } catch (error) {
    return { id: 0, ok: false, failure: failureOf(error) };
  }
}

function failureOf(error: unknown): FailureMessage {
  if (error instanceof PartFailure) return { code: error.code, detail: error.detail, index: error.index };
  const reason = systemCode(error) === '' ? 'an error inside' : systemCode(error);
  return {
    code: 'PARTS_FAILED',
    detail: `the part store stopped (${reason}): open it afresh`,
    index: undefined,
  };
}
