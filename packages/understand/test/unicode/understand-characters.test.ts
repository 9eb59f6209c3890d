import { readFileSync } from 'node:fs';
import type { Finding, ToolDefinition } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { understand } from '../understanding.ts';

type Case = {
  readonly reason: string;
  readonly ordinary?: readonly string[];
  readonly prose?: readonly string[];
  readonly text?: string;
  readonly found?: Finding['code'];
  readonly in?: 'everything' | 'names';
};

const FILE = new URL('../../../../vectors/understanding/characters.json', import.meta.url);
// our own vectors
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly cases: readonly Case[] };

const TOOL: ToolDefinition = {
  v: 1,
  name: 'notes.add',
  description: 'adds a note',
  parameters: { properties: { note: {}, target: {}, more: {} } },
  arguments: { note: 'content', target: 'path' },
  effects: ['READ_REPO'],
};
const CHARACTER_CODES: readonly string[] = ['hidden_characters', 'confusable'];

function foundIn(args: Parameters<typeof understand>[0]): readonly string[] {
  const { findings } = understand(args, { tool: TOOL });
  return findings.map(({ code }) => code).filter((code) => CHARACTER_CODES.includes(code));
}

describe('understandAction() with characters', () => {
  it.each(cases.flatMap(({ ordinary = [] }) => ordinary))('understandAction() takes %j as it is', (text) => {
    expect(foundIn({ note: text, target: text, more: { [text]: 1 } })).toEqual([]);
  });

  it.each(cases.flatMap(({ prose = [] }) => prose))('understandAction() takes %j in prose', (text) => {
    expect(foundIn({ note: text })).toEqual([]);
    expect(foundIn({ target: text })).toContain('hidden_characters');
  });

  it.each(cases.filter(({ text }) => text !== undefined))(
    'understandAction() finds $reason',
    ({ text = '', found, in: where }) => {
      expect(foundIn({ target: text })).toContain(found);
      expect(foundIn({ more: { [text]: 1 } })).toContain(found);
      expect(foundIn({ note: text })).toEqual(where === 'everything' ? [found] : []);
    },
  );

  it('understandAction() finds what is hidden in the words of a program', () => {
    const { findings } = understand({ executable: 'ls', args: ['a\u200bb'] });
    expect(findings).toContainEqual({ code: 'hidden_characters', where: '/args/0' });
  });
});
