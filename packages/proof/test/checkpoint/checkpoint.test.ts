import {
  CHECKPOINT_SIZE_MAX,
  isKeyName,
  openCheckpoint,
  parseCheckpoint,
  parseVerifierKey,
  printCheckpoint,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, textBytes, thirdParty, vectors } from '../support.ts';

type Body = {
  text: string;
  code?: string;
  origin?: string;
  size?: string;
  root?: string;
  extensions?: string[];
};

describe('vectors/checkpoint', () => {
  for (const one of vectors<Body>('checkpoint/bodies.json')) {
    it(`parseCheckpoint() says ${one.code ?? 'yes'} when given ${one.reason}`, () => {
      expect(codeOf(() => parseCheckpoint(one.text))).toBe(one.code ?? 'NONE');
      if (one.code !== undefined) return;
      const { origin, size, root, extensions } = parseCheckpoint(one.text);
      expect([origin, String(size), Buffer.from(root).toString('base64')]).toEqual([
        one.origin,
        one.size,
        one.root,
      ]);
      expect(extensions).toEqual(one.extensions);
    });
  }
});

type PublishedNote = {
  name: string;
  note: string;
  vkey: string;
  checkpoint?: { origin: string; valid: boolean };
};
type PublishedBody = {
  name: string;
  text: string;
  valid: boolean;
  origin?: string;
  size?: string;
  rest?: string;
};

describe('vectors/third-party', () => {
  for (const one of thirdParty<PublishedBody>('checkpoint-body.json')) {
    it(`parseCheckpoint() says ${one.valid} when the published text is: ${one.name}`, () => {
      const code = codeOf(() => parseCheckpoint(one.text));
      expect(code).not.toBe('THROWN');
      expect(code === 'NONE').toBe(one.valid);
      if (!one.valid) return;
      const { origin, size, extensions } = parseCheckpoint(one.text);
      expect([origin, String(size)]).toEqual([one.origin, one.size]);
      expect(extensions.map((line) => `${line}\n`).join('')).toBe(one.rest);
    });
  }
  for (const { name, note, vkey, checkpoint } of thirdParty<PublishedNote>('signed-note.json')) {
    if (checkpoint === undefined) continue;
    it(`openCheckpoint() says ${checkpoint.valid} when the published note is: ${name}`, () => {
      const log = { origin: checkpoint.origin, keys: [parseVerifierKey(vkey)] };
      const code = codeOf(() => openCheckpoint(textBytes(note), log));
      expect(code).not.toBe('THROWN');
      expect(code === 'NONE').toBe(checkpoint.valid);
    });
  }
});

describe('checkpoints', () => {
  const head = fc.record({
    origin: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter(isKeyName),
    size: fc.bigInt({ min: 0n, max: CHECKPOINT_SIZE_MAX }),
    root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  });

  it('parseCheckpoint() gives back every head when printCheckpoint() has written it', () => {
    fc.assert(
      fc.property(head, (one) => {
        const text = printCheckpoint(one);
        const parsed = parseCheckpoint(text);
        expect(parsed).toEqual({ ...one, extensions: [] });
        expect(printCheckpoint(parsed)).toBe(text);
      }),
    );
  });

  it('printCheckpoint() refuses when the head cannot be', () => {
    const sound = { origin: 'a', size: 1n, root: new Uint8Array(32) };
    expect(printCheckpoint(sound)).toBe('a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n');
    for (const origin of ['', 'a b', 'a+b', 'a\nb', '\ud800']) {
      expect(codeOf(() => printCheckpoint({ ...sound, origin }))).toBe('CHECKPOINT_ORIGIN');
    }
    for (const size of [-1n, 2n ** 63n])
      expect(codeOf(() => printCheckpoint({ ...sound, size }))).toBe('CHECKPOINT_SIZE');
    for (const length of [0, 31, 33]) {
      expect(codeOf(() => printCheckpoint({ ...sound, root: new Uint8Array(length) }))).toBe(
        'CHECKPOINT_ROOT',
      );
    }
  });
});
