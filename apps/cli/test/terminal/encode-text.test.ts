import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText, quoteText } from '../../src/terminal/encode-text.ts';

const HOSTILE: readonly (readonly [reason: string, text: string, shown: string])[] = [
  ['colour', '\u001b[31mred', '\\u{1b}[31mred'],
  ['window title', '\u001b]0;x\u0007', '\\u{1b}]0;x\\u{7}'],
  ['C1 control sequence', '\u009b31m', '\\u{9b}31m'],
  ['carriage return hides what stood before', 'rm\rls', 'rm\\u{d}ls'],
  ['a line of its own', 'a\nALLOW', 'a\\u{a}ALLOW'],
  ['backspace', 'a\bb', 'a\\u{8}b'],
  ['nul', 'a\0b', 'a\\u{0}b'],
  ['delete', 'a\u007fb', 'a\\u{7f}b'],
  ['right to left override', 'a\u202etxt.exe', 'a\\u{202e}txt.exe'],
  ['isolates', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
  ['zero width space', 'pay\u200bpal', 'pay\\u{200b}pal'],
  ['zero width joiner', 'a\u200db', 'a\\u{200d}b'],
  ['byte order mark', '\ufeffa', '\\u{feff}a'],
  ['soft hyphen', 'a\u00adb', 'a\\u{ad}b'],
  ['no-break space', 'a\u00a0b', 'a\\u{a0}b'],
  ['line separator', 'a\u2028b', 'a\\u{2028}b'],
  ['variation selector', 'a\ufe0fb', 'a\\u{fe0f}b'],
  ['tag characters', 'a\u{e0041}b', 'a\\u{e0041}b'],
  ['lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
  ['private use', 'a\ue000b', 'a\\u{e000}b'],
  ['Hangul filler', 'a\u3164b', 'a\\u{3164}b'],
  ['Cyrillic letter in a Latin word', 'p\u0430ypal', 'p\\u{430}ypal'],
  ['Greek letter in a Latin word', 'r\u03bfot', 'r\\u{3bf}ot'],
  ['decomposed letter', 'e\u0301', 'e\\u{301}'],
  ['full width letters', '\uff41', '\\u{ff41}'],
  ['mathematical letters', '\u{1d41a}', '\\u{1d41a}'],
  ['ligature', '\ufb01le', '\\u{fb01}le'],
  ['an escape that was written out', '\\u{202e}', '\\u{5c}u{202e}'],
];

describe('encodeText', () => {
  it.each(HOSTILE)('shows %s', (_reason, text, shown) => {
    expect(encodeText(text)).toBe(shown);
  });

  it.each(['plain ASCII, 100%', 'Grüße', 'Привет', '日本語', 'a\\b', '{"a":"b"}', '→ ok', 'Ελλάδα'])(
    'leaves %s as it is',
    (text) => {
      expect(encodeText(text)).toBe(text);
    },
  );

  it('lets nothing through that a terminal obeys, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(encodeText(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  it('keeps different texts different', () => {
    const decode = (text: string): string =>
      text.replace(/\\u\{([0-9a-f]+)\}/gu, (_all, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
    const piece = fc.constantFrom('\\', 'u{', '5c}', '202e}', 'a', '\u202e', '\u0430', '\ud800', '\u001b');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(decode(encodeText(text))).toBe(text);
      }),
    );
  });
});

describe('quoteText', () => {
  it('gives no way out of its quotes', () => {
    expect(quoteText('a" b\\')).toBe('"a\\" b\\\\"');
  });

  it('cuts long text and says so', () => {
    expect(quoteText('a'.repeat(300))).toBe(`"${'a'.repeat(200)}" (cut, 300 in all)`);
  });
});
