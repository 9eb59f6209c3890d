import {
  appendLeaves,
  assembleConsistency,
  checkpointAdvances,
  consistencyNodes,
  emptyFrontier,
  emptyMemory,
  foldNodes,
  hashLeaves,
  leafHash,
  loadTrust,
  type Memory,
  openTrustedCheckpoint,
  parseMemory,
  parseWitnessKey,
  printMemory,
  printWitnessKey,
  remember,
  rootOf,
  type TreeNode,
  type TrustFileWitnesses,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  idOf,
  keyUse,
  LOG,
  noteOf,
  ORIGIN,
  OTHER_LOG_KEY,
  termHead,
  vkeyOf,
  witnessOf,
} from '../small-cell.ts';
import { codeOf, vectors } from '../support.ts';

const HEADS = Array.from({ length: 9 }, (_, index) => termHead(index));
const one = witnessOf('witness.example/one', 8);
const two = witnessOf('witness.example/two', 9);
const stranger = witnessOf('witness.example/three', 10);

const trusting = (witnesses: TrustFileWitnesses | null) =>
  loadTrust({ logs: [{ origin: ORIGIN, keys: [keyUse(LOG)], witnesses }] });

describe('witnesses', () => {
  const both = (quorum: number) => trusting({ quorum, keys: [vkeyOf(one), vkeyOf(two)] });
  const opened = (note: string, quorum: number): string =>
    codeOf(() => openTrustedCheckpoint(note, both(quorum)));

  it('openTrustedCheckpoint() counts each witness once when it cosigned', () => {
    expect(opened(noteOf(HEADS, LOG, [one, two]), 2)).toBe('NONE');
    expect(opened(noteOf(HEADS, LOG, [one, stranger]), 1)).toBe('NONE');
    expect(opened(noteOf(HEADS, LOG, [one, one]), 2)).toBe('WITNESSES_MISSING');
    expect(opened(noteOf(HEADS, LOG, [one, stranger]), 2)).toBe('WITNESSES_MISSING');
    expect(opened(noteOf(HEADS), 1)).toBe('WITNESSES_MISSING');
  });

  it('openTrustedCheckpoint() refuses when a witness that is trusted signed something else', () => {
    const other = noteOf(HEADS.slice(0, 5), LOG, [one]).split('\n').at(-2) ?? '';
    const note = `${noteOf(HEADS, LOG, [two])}${other}\n`;
    expect(opened(note, 1)).toBe('COSIGNATURE_INVALID');
    expect(codeOf(() => openTrustedCheckpoint(note, trusting({ quorum: 1, keys: [vkeyOf(two)] })))).toBe(
      'NONE',
    );
  });

  it('openTrustedCheckpoint() refuses when the log has not signed, whoever cosigned', () => {
    const note = noteOf(HEADS, OTHER_LOG_KEY, [one, two]);
    expect(opened(note, 1)).toBe('NOTE_NOT_SIGNED');
  });

  for (const key of vectors<{ vkey: string; code?: string }>('trust/witness-keys.json')) {
    it(`parseWitnessKey() says ${key.code ?? 'yes'} when ${key.reason}`, () => {
      expect(codeOf(() => parseWitnessKey(key.vkey))).toBe(key.code ?? 'NONE');
      if (key.code === undefined) expect(printWitnessKey(parseWitnessKey(key.vkey))).toBe(key.vkey);
    });
  }

  for (const note of vectors<{ note: string; trust: object; code?: string }>('trust/checkpoints.json')) {
    it(`openTrustedCheckpoint() says ${note.code ?? 'yes'} when ${note.reason}`, () => {
      const trust = loadTrust(
        JSON.parse(JSON.stringify(note.trust), reviveSizes) as Parameters<typeof loadTrust>[0],
      );
      expect(codeOf(() => openTrustedCheckpoint(note.note, trust))).toBe(note.code ?? 'NONE');
    });
  }
});

const reviveSizes = (name: string, value: unknown): unknown =>
  name.endsWith('_size') && typeof value === 'string' ? BigInt(value) : value;

const headOf = (size: number) => {
  const root = rootOf(appendLeaves(emptyFrontier(), hashLeaves(HEADS.slice(0, size))));
  return { origin: ORIGIN, size: BigInt(size), root, note: `note of ${size}` };
};

const nodeOf = ({ level, index }: TreeNode): Uint8Array => {
  if (level === 0) return leafHash(bytesOf(HEADS[index] ?? ''));
  const width = 2 ** level;
  const leaves = hashLeaves(HEADS.slice(index * width, (index + 1) * width));
  return rootOf(appendLeaves(emptyFrontier(), leaves));
};

const consistency = (first: number, second: number): Uint8Array[] =>
  assembleConsistency(first, second, consistencyNodes(first, second).map(nodeOf));

const remembering = (size: number): Memory =>
  remember(emptyMemory(), { checkpoint: headOf(size), action: null }, 0);

describe('checkpointAdvances', () => {
  it('checkpointAdvances() says ok when the log proves that it only grew', () => {
    for (let first = 1; first <= HEADS.length; first++) {
      for (let second = first; second <= HEADS.length; second++) {
        const proof = consistency(first, second);
        expect(checkpointAdvances(remembering(first), headOf(second), proof)).toEqual({ verdict: 'ok' });
      }
    }
    expect(checkpointAdvances(emptyMemory(), headOf(5))).toEqual({ verdict: 'ok' });
  });

  it('checkpointAdvances() tells rolled back, forked and unproven apart', () => {
    const memory = remembering(5);
    const other = { ...headOf(5), root: foldNodes([headOf(4).root]) };
    expect(checkpointAdvances(memory, headOf(4))).toEqual({ verdict: 'rolled_back', seen_size: 5n });
    expect(checkpointAdvances(memory, other)).toEqual({ verdict: 'forked', seen_size: 5n });
    expect(checkpointAdvances(memory, headOf(9))).toEqual({ verdict: 'needs_consistency', from: 5n, to: 9n });
    expect(checkpointAdvances(memory, headOf(9), [])).toEqual({ verdict: 'forked', seen_size: 5n });
    const grownElsewhere = { ...headOf(9), root: headOf(8).root };
    expect(checkpointAdvances(memory, grownElsewhere, consistency(5, 9))).toEqual({
      verdict: 'forked',
      seen_size: 5n,
    });
  });
});

describe('memory', () => {
  it('remember() keeps the largest checkpoint, whatever comes after it', () => {
    const item = (size: number) => ({ checkpoint: headOf(size), action: null });
    const memory = [3, 7, 5].reduce((kept, size) => remember(kept, item(size), 0), emptyMemory());
    expect(memory.checkpoints.get(ORIGIN)?.size).toBe(7n);
  });

  it('remember() refuses a clock that shows no time', () => {
    const item = { checkpoint: headOf(1), action: null };
    expect(codeOf(() => remember(emptyMemory(), item, Number.NaN))).toBe('EXPIRED');
  });

  it('remember() refuses rather than forgets when it is full', () => {
    const actions = new Map(Array.from({ length: 100_000 }, (_, number) => [idOf('act', number), 10]));
    const full: Memory = { ...emptyMemory(), actions };
    const more = { checkpoint: headOf(1), action: { id: idOf('act', 100_000), until_ms: 20 } };
    expect(codeOf(() => remember(full, more, 10))).toBe('FILE_TOO_LARGE');
    expect(remember(full, more, 11).actions.size).toBe(1);
  });

  it('parseMemory() gives back every memory when printMemory() has written it', () => {
    const action = fc.tuple(
      fc.nat(999).map((number) => idOf('act', number)),
      fc.nat(),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(action), fc.nat(), (size, actions, forgotten) => {
        const memory: Memory = {
          ...remembering(size),
          actions: new Map(actions),
          forgotten_before_ms: forgotten,
        };
        expect(parseMemory(bytesOf(printMemory(memory)))).toEqual(memory);
      }),
    );
  });

  for (const file of vectors<{ text: string; code?: string }>('trust/memories.json')) {
    it(`parseMemory() says ${file.code ?? 'yes'} when ${file.reason}`, () => {
      expect(codeOf(() => parseMemory(bytesOf(file.text)))).toBe(file.code ?? 'NONE');
    });
  }
});
