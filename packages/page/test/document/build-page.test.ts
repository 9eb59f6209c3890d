import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildPage, isOwnPage, readPage } from '../../src/index.ts';
import { printPageData } from '../../src/data/page-data.ts';
import { readBuilt } from '../built.ts';
import { DATA, OPENED } from '../sample.ts';

const scripts = readBuilt();
const page = buildPage(OPENED, scripts);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('buildPage()', () => {
  it('gives the same bytes for the same data, and loads nothing', () => {
    expect(buildPage({ ...OPENED }, { ...scripts })).toBe(page);
    const around = page.replace(scripts.verifier, '').replace(scripts.page, '');
    expect(around).not.toMatch(/\s(?:src|href|action|style|on[a-z]+)\s*=|@import|url\(/i);
  });

  it('lets the browser run its own programs only', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const inline = [...page.matchAll(/<(script|style)>(.*?)<\/\1>/gs)].map(([, , text]) => text ?? '');
    expect(inline).toHaveLength(3);
    for (const text of inline) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-\S+' 'sha256-\S+'; style-src 'sha256-\S+';/,
    );
    expect(policy).not.toMatch(/unsafe|\*|http|data:|blob:/);
  });

  it.each(['</script>', '</SCRIPT x', '<!--', '<script'])('refuses a program with %s in it', (text) => {
    const bad = { ...scripts, page: `'${text}'` };
    expect(() => buildPage(DATA, bad)).toThrow(expect.objectContaining({ code: 'FILE_MALFORMED' }));
  });

  it('has programs that make no code from text', () => {
    for (const text of [scripts.verifier, scripts.page]) {
      expect(text).not.toMatch(/\beval\b|\bnew Function\b|innerHTML|document\.write|import\(/);
    }
  });
});

describe('readPage()', () => {
  it('finds the data', () => {
    expect(readPage(bytesOf(page))).toBe(printPageData(OPENED));
    expect(isOwnPage(bytesOf(page), scripts)).toBe(true);
  });

  it('tells a page that another program stands in', () => {
    const other = page.replace('Nothing has been checked', 'Everything is well');
    expect(readPage(bytesOf(other))).toBe(printPageData(OPENED));
    expect(isOwnPage(bytesOf(other), scripts)).toBe(false);
  });

  it.each([
    ['another file', '<!doctype html><html></html>', 'FORMAT_UNKNOWN'],
    ['another version', page.replace('writ-page/v1', 'writ-page/v2'), 'FORMAT_VERSION'],
    ['a page without data', page.replace('id="data">', 'id="date">'), 'FILE_MALFORMED'],
    ['a page with two', page.replace(/^(<script type=.*)$/m, '$1\n$1'), 'FILE_MALFORMED'],
    ['a page that is cut', page.slice(0, page.indexOf('id="data">') + 80), 'FILE_MALFORMED'],
    ['a file beyond any page', 'x'.repeat(2 * 1024 * 1024 + 1), 'FILE_TOO_LARGE'],
  ])('refuses %s', (_what, text, code) => {
    expect(() => readPage(bytesOf(text))).toThrow(expect.objectContaining({ code }));
  });
});
