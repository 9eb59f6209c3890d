import type { ArgumentKind, ToolDefinition, Understanding } from '@writ/contract';
import { understandAction } from '@writ/understand';
import { describe, expect, it } from 'vitest';

function understood(kind: ArgumentKind, units: number): Understanding {
  const tool: ToolDefinition = {
    v: 1,
    name: 'a.tool',
    description: '',
    parameters: { properties: { it: {}, path: {} } },
    arguments: { it: kind },
    effects: ['READ_REPO', 'DELETE'],
  };
  // With this beside it: what is not read any more names nothing.
  const args = { it: 'x'.repeat(units), path: '/beside' };
  const action = { tool: 'a.tool', args, why: '', claims: [], evidence: [] };
  return understandAction({ tool, action, scene: null, declared: null, protected: [] });
}

function isRead({ resources }: Understanding): boolean {
  return resources.some(({ name }) => name === '/beside');
}

describe('understandAction()', () => {
  it.each([
    ...(['shell', 'sql'] as const).map((kind) => [kind, 32_768] as const),
    ...(['path', 'url', 'text', 'words', 'program'] as const).map((kind) => [kind, 65_536] as const),
  ])('understandAction() reads no %s that is longer than its limit', (kind, most) => {
    expect(isRead(understood(kind, most))).toBe(true);
    const beyond = understood(kind, most + 1);
    expect(isRead(beyond)).toBe(false);
    expect(beyond.effects).toEqual(['READ_REPO', 'DELETE']);
    expect(beyond.findings.map(({ code }) => code)).toContain('opaque');
  });

  it('understandAction() reads code and content up to all that is read of an action', () => {
    for (const kind of ['python', 'javascript', 'content'] as const) {
      const long = understood(kind, 100_000);
      expect(long.findings.filter(({ where }) => where === '/path')).toHaveLength(1);
      expect(understood(kind, 262_145).findings.filter(({ where }) => where === '/path')).toHaveLength(0);
    }
  });
});
