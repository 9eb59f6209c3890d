import { type JsonObject, type Scene, UNDERSTANDING_LIMITS } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { UNDERSTAND_LIMITS } from '../../src/index.ts';
import { codesOf, withFiles, WRITER } from '../understanding.ts';

describe('understandAction() within limits', () => {
  const deep = (levels: number): JsonObject => {
    let value: JsonObject = {};
    for (let at = 1; at < levels; at++) value = { more: value };
    return value;
  };

  it.each([
    ['levels', deep(UNDERSTAND_LIMITS.depth_max + 1)],
    ['texts', { more: Array(UNDERSTAND_LIMITS.texts_max).fill('a') }],
    ['values', { more: Array(UNDERSTAND_LIMITS.texts_max).fill(1) }],
    ['units', { more: Array(5).fill('a'.repeat(60_000)) }],
  ] as readonly [string, JsonObject][])('understandAction() is opaque beyond its %s', (_what, args) => {
    const understood = withFiles(args, { tool: WRITER });
    expect(understood.effects).toEqual(['READ_REPO', 'WRITE_PATCH']);
    expect(codesOf(understood.findings)).toEqual(['opaque']);
  });

  it('understandAction() never cuts a list without saying so', () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `file-${at}`);
    const most = UNDERSTANDING_LIMITS.resources_max;
    const fits = withFiles({ path: names(100) });
    expect([fits.resources.length, codesOf(fits.findings)]).toEqual([100, ['lexical_only']]);
    const over = withFiles({ path: names(most + 1) });
    expect([over.resources.length, codesOf(over.findings)]).toEqual([most, ['lexical_only', 'opaque']]);
    expect(over.findings.length).toBeLessThanOrEqual(UNDERSTAND_LIMITS.findings_max);
    const items = names(most + 1).map(
      (name) => ({ kind: 'path', name: `/a/${name}`, digest: 'x', used: true }) as const,
    );
    const scene: Scene = { directory: '/a', roots: ['/a'], shell: null, items };
    expect(codesOf(withFiles({ path: names(most) }, { scene }).findings)).toEqual([]);
    expect(codesOf(withFiles({ path: names(most + 1) }, { scene }).findings)).toEqual(['opaque']);
  });

  it('understandAction() keeps the first of each code when findings are cut', () => {
    const path = [...Array.from({ length: 300 }, (_, at) => `f${at}`), '.writ/x'];
    expect(codesOf(withFiles({ path }).findings)).toEqual(['lexical_only', 'opaque', 'self_protect']);
  });

  it('understandAction() has no room for a name that nobody could read', () => {
    const { findings, resources } = withFiles({ path: 'a'.repeat(UNDERSTAND_LIMITS.name_units_max + 1) });
    expect([resources, codesOf(findings)]).toEqual([[], ['lexical_only', 'opaque']]);
  });
});
