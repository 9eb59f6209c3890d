import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeJson, showAscii, showText } from '../../src/data/escape.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('escapeHtml()', () => {
  it('leaves nothing that is markup', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'\r\0]/);
      }),
    );
  });
});

describe('escapeJson()', () => {
  it('is the same value in ASCII that cannot end a script element', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
        const escaped = escapeJson(json);
        expect(JSON.parse(escaped)).toEqual(JSON.parse(json));
        expect(escaped).not.toMatch(/[\u007f-\uffff]/);
        expect(escaped).not.toMatch(/[<>&]/);
      }),
    );
    expect(escapeJson('"</script><!--"')).toBe('"\\u003c/script\\u003e\\u003c!--"');
  });
});

describe('showAscii()', () => {
  it('shows by number whatever is not ASCII, but for the dash of a note', () => {
    expect(showAscii('a\u202eb \u2014 \u0430\ud83d\ude00\ud800\t')).toBe(
      'a\\u{202e}b \u2014 \\u{430}\\u{1f600}\\u{d800}\\u{9}',
    );
  });

  it('keeps different texts different', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        fc.pre(one !== other);
        expect(showAscii(one)).not.toBe(showAscii(other));
        expect(showText(one)).not.toBe(showText(other));
      }),
    );
    expect(showAscii('\\u{202e}')).toBe('\\u{5c}u{202e}');
  });
});

describe('showText()', () => {
  it('leaves letters and shows what cannot be seen', () => {
    expect(showText('Zoë 愛 \u05d0\n')).toBe('Zoë 愛 \u05d0\n');
    expect(showText('a\u200bb\u2066c\ufeffd\u00a0e\u{e0041}')).toBe(
      'a\\u{200b}b\\u{2066}c\\u{feff}d\\u{a0}e\\u{e0041}',
    );
  });
});
