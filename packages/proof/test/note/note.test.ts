import {
  encodeUtf8,
  isKeyName,
  loadPublicKey,
  NOTE_BYTES_MAX,
  noteSignatureLine,
  openNote,
  parseNote,
  parseVerifierKey,
  printNote,
  printVerifierKey,
  publicKeyOfSeed,
  signEd25519,
  verifierKeyOf,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, hexBytes, textBytes, thirdParty, vectors } from '../support.ts';

type NoteCase = { keys: string[]; note?: string; hex?: string; code?: string; signed_by?: string[] };
type KeyCase = { vkey: string; code?: string; name?: string; key_id?: string };

const bytesOf = (one: NoteCase) => (one.hex === undefined ? textBytes(one.note ?? '') : hexBytes(one.hex));

describe('vectors/note', () => {
  for (const one of vectors<NoteCase>('note/notes.json')) {
    it(`openNote() says ${one.code ?? 'yes'} when ${one.reason}`, () => {
      const open = () => openNote(bytesOf(one), one.keys.map(parseVerifierKey));
      expect(codeOf(open)).toBe(one.code ?? 'NONE');
      if (one.code === undefined) expect(open().signedBy.map(({ name }) => name)).toEqual(one.signed_by);
    });
  }
  for (const one of vectors<KeyCase>('note/verifier-keys.json')) {
    it(`parseVerifierKey() says ${one.code ?? 'yes'} when ${one.reason}`, () => {
      expect(codeOf(() => parseVerifierKey(one.vkey))).toBe(one.code ?? 'NONE');
      if (one.code !== undefined) return;
      const key = parseVerifierKey(one.vkey);
      expect([key.name, key.keyId]).toEqual([one.name, one.key_id]);
      expect(printVerifierKey(key)).toBe(one.vkey);
    });
  }
});

describe('vectors/third-party', () => {
  for (const one of thirdParty<{ name: string; note: string; vkey: string; valid: boolean }>(
    'signed-note.json',
  )) {
    it(`openNote() ${one.valid ? 'opens' : 'refuses'} the published note when it is: ${one.name}`, () => {
      const code = codeOf(() => openNote(textBytes(one.note), [parseVerifierKey(one.vkey)]));
      expect(code).not.toBe('THROWN');
      expect(code === 'NONE').toBe(one.valid);
    });
  }
  for (const one of thirdParty<{ name: string; vkey: string; valid: boolean; type?: string }>(
    'verifier-key.json',
  )) {
    const known = one.valid && one.type === '0x01';
    it(`parseVerifierKey() ${known ? 'reads' : 'refuses'} the published key when it is: ${one.name}`, () => {
      const code = codeOf(() => parseVerifierKey(one.vkey));
      if (known) expect(printVerifierKey(parseVerifierKey(one.vkey))).toBe(one.vkey);
      else expect(code).toMatch(/^KEY_/);
    });
  }
});

describe('notes', () => {
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(isKeyName);
  const text = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .map((line) => `${line.replace(/\p{Cc}/gu, '')}\n`);

  it('openNote() gives back the text when printNote() has written it', () => {
    fc.assert(
      fc.property(name, seed, fc.array(text, { minLength: 1, maxLength: 4 }), (keyName, bytes, lines) => {
        const body = lines.join('');
        const key = verifierKeyOf(keyName, loadPublicKey(publicKeyOfSeed(bytes)));
        const line = noteSignatureLine(key.name, key.keyId, signEd25519(bytes, encodeUtf8(body)));
        const note = printNote(body, [line]);
        expect(openNote(textBytes(note), [parseVerifierKey(printVerifierKey(key))]).text).toBe(body);
        const parsed = parseNote(textBytes(note));
        const lines2 = parsed.signatures.map((one) => noteSignatureLine(one.name, one.keyId, one.signature));
        expect(printNote(parsed.text, lines2)).toBe(note);
      }),
      { numRuns: 50 },
    );
  });

  it('openNote() refuses a note when any one byte of it is changed', () => {
    const bytes = new Uint8Array(32).fill(4);
    const key = verifierKeyOf('example.com/log', loadPublicKey(publicKeyOfSeed(bytes)));
    const body = 'example.com/log\n1\n\nline\n';
    const note = textBytes(
      printNote(body, [noteSignatureLine(key.name, key.keyId, signEd25519(bytes, textBytes(body)))]),
    );
    for (let at = 0; at < note.length; at++) {
      for (const flip of [1, 32, 128]) {
        const changed = Uint8Array.from(note);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(codeOf(() => openNote(changed, [key]))).toMatch(/^(NOTE_|TEXT_NOT_UTF8)/);
      }
    }
  });

  it('parseNote() refuses when there is more than a megabyte, and reads exactly a megabyte', () => {
    const tail = '\n\n\u2014 a AAAAAAA=\n';
    const room = NOTE_BYTES_MAX - textBytes(tail).length;
    expect(codeOf(() => parseNote(textBytes(`${'x'.repeat(room)}${tail}`)))).toBe('NONE');
    expect(codeOf(() => parseNote(textBytes(`${'x'.repeat(room + 1)}${tail}`)))).toBe('NOTE_TOO_LARGE');
  });

  it('the printers refuse when what they would write is no note', () => {
    const signature = new Uint8Array(64);
    expect(codeOf(() => noteSignatureLine('a b', '01020304', signature))).toBe('KEY_NAME');
    expect(codeOf(() => noteSignatureLine('', '01020304', signature))).toBe('KEY_NAME');
    expect(codeOf(() => noteSignatureLine('a', '010203', signature))).toBe('NOTE_SIGNATURE_LENGTH');
    expect(codeOf(() => noteSignatureLine('a', '0102030G', signature))).toBe('HEX_INVALID');
    expect(codeOf(() => noteSignatureLine('a', '01020304', new Uint8Array(0)))).toBe('NOTE_SIGNATURE_LENGTH');
    expect(codeOf(() => printNote('a\n', []))).toBe('NOTE_NOT_SIGNED');
    for (const body of ['', 'a', 'a\r\n', 'a\u0000\n', '\ud800\n'])
      expect(codeOf(() => printNote(body, ['x']))).toBe('NOTE_TEXT');
    expect(codeOf(() => verifierKeyOf('a+b', loadPublicKey(publicKeyOfSeed(new Uint8Array(32)))))).toBe(
      'KEY_NAME',
    );
  });
});
