import { readFileSync } from 'node:fs';
import type { JsonObject, ToolDefinition } from '@writ/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../understanding.ts';

type RequestCase = {
  readonly reason: string;
  readonly values?: readonly string[];
  readonly documents?: readonly string[];
  readonly request?: JsonObject;
  readonly ordinary?: readonly JsonObject[];
};

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8'));
}

// our own vectors and tools
const { cases } = readJson('vectors/understanding/requests.json') as {
  readonly cases: readonly RequestCase[];
};
const TOOL = readJson('tools/http.request.json') as ToolDefinition;
const SITE = 'https://app.example.com/';

function isTainted(request: JsonObject): boolean {
  const { findings } = understand(request, { tool: TOOL });
  return findings.some(({ code }) => code === 'tainted_sink');
}

function asField(value: string): readonly JsonObject[] {
  const escaped = encodeURIComponent(value);
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return [
    { method: 'GET', url: `${SITE}get?x=${escaped}` },
    { method: 'POST', url: SITE, headers: form, body: `a=1&x=${escaped.replaceAll('%20', '+')}` },
    { method: 'GET', url: SITE, headers: { Referer: value } },
  ];
}

function asDocument(value: string): JsonObject {
  const body = JSON.stringify({ x: [value] });
  return { method: 'POST', url: SITE, headers: { 'Content-Type': 'application/json' }, body };
}

describe('understandAction() with requests', () => {
  it.each(cases.filter(({ values }) => values))('understandAction() finds $reason', ({ values = [] }) => {
    const missed = values.flatMap((value) => asField(value).filter((request) => !isTainted(request)));
    expect(missed).toEqual([]);
  });

  it.each(cases.filter(({ documents }) => documents))('understandAction() finds it $reason', (one) => {
    expect((one.documents ?? []).filter((value) => !isTainted(asDocument(value)))).toEqual([]);
  });

  it.each(cases.filter(({ request }) => request))('understandAction() finds $reason', ({ request = {} }) => {
    expect(isTainted(request)).toBe(true);
  });

  it.each(cases.filter(({ ordinary }) => ordinary))('understandAction() takes $reason', (one) => {
    expect((one.ordinary ?? []).filter(isTainted)).toEqual([]);
  });

  it('understandAction() gives a request that only asks no other effects', () => {
    const { effects, reversibility } = understand({ method: 'GET', url: SITE }, { tool: TOOL });
    expect(effects).toEqual(['NETWORK_CALL', 'DOWNLOAD']);
    expect(reversibility).toBe('reversible');
  });

  const others: readonly JsonObject[] = [
    { method: 'POST', url: SITE },
    { method: 'GET', url: SITE, body: 'x' },
    { method: 'GET', url: SITE, headers: { 'X-HTTP-Method-Override': 'DELETE' } },
    { method: 'BREW', url: SITE },
  ];

  it.each(others)('understandAction() keeps all effects of the tool for %j', (request) => {
    expect(understand(request, { tool: TOOL }).effects.toSorted()).toEqual(TOOL.effects.toSorted());
  });

  it('understandAction() adds that a request deletes', () => {
    expect(understand({ method: 'delete', url: SITE }, { tool: TOOL }).effects).toContain('DELETE');
  });
});

const attacks = fc.constantFrom(...cases.flatMap(({ values = [] }) => values).slice(0, 120));
const filler = fc
  .array(fc.constantFrom('x', '1', 'a=b', ' ', 'é', '%', '"a"', ',', '.', '日', '/', '_'), { maxLength: 400 })
  .map((parts) => parts.join(''));

describe('understandAction() with requests, for any text beside', () => {
  it('understandAction() finds what it finds in a parameter whatever other parameters are there', () => {
    fc.assert(
      fc.property(attacks, filler, (attack, other) => {
        const [a, x] = [encodeURIComponent(other), encodeURIComponent(attack)];
        const url = `${SITE}?a=${a}&x=${x}&b=${a}`;
        expect(isTainted({ method: 'GET', url })).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('understandAction() finds what runs behind a separator whatever stands before it', () => {
    fc.assert(
      fc.property(filler, (other) => {
        const value = `${other};cat /etc/passwd`;
        expect(asField(value).every(isTainted)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('understandAction() reads requests that nobody would send, and the same each time', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(text, text, (url, body) => {
        const request = { method: 'POST', url, headers: { 'Content-Type': body, Cookie: url }, body };
        expect(understand(request, { tool: TOOL })).toEqual(understand(request, { tool: TOOL }));
      }),
      { numRuns: 300 },
    );
  });
});
