import { makeWorld, type World } from './run-writ.ts';

export const READ_TOOL = {
  v: 1,
  name: 'files.read',
  description: 'reads a file',
  parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  effects: ['READ_REPO'],
};

export const PUBLISH_TOOL = { ...READ_TOOL, name: 'site.publish', effects: ['WRITE_PATCH'] };

export const POLICY = `version: 1
name: test
rules:
  - id: all
    tools: [files.read, site.publish]
    verdict: ALLOW
    examples:
      - { tool: files.read, effects: [READ_REPO], expect: ALLOW }
  - id: publish-asks
    tools: [site.publish]
    verdict: ESCALATE
    needs: p0
    examples:
      - { tool: site.publish, effects: [WRITE_PATCH], reversibility: reversible, expect: ESCALATE }
`;

export function proposal(tool: string, path: string, effects: readonly string[]): string {
  return JSON.stringify({
    action: { tool, args: { path }, why: 'a test' },
    understanding: {
      effects,
      resources: [],
      findings: [],
      reversibility: 'reversible',
      risk: 1_000,
      costs: [],
    },
  });
}

/** A world with a cell, two tools, a policy, an agent and the proposals of the tests. */
export async function furnishedWorld(): Promise<World> {
  const world = makeWorld();
  world.file('read.json', proposal('files.read', 'a.md', ['READ_REPO']));
  world.file('other.json', proposal('files.read', 'b.md', ['READ_REPO']));
  world.file('publish.json', proposal('site.publish', 'index.html', ['WRITE_PATCH']));
  world.file('read-tool.json', JSON.stringify(READ_TOOL));
  world.file('publish-tool.json', JSON.stringify(PUBLISH_TOOL));
  world.file('policy.yaml', POLICY);
  await world.prepare('init', '--name', 'test');
  await world.prepare('tool', 'add', 'read-tool.json');
  await world.prepare('tool', 'add', 'publish-tool.json');
  await world.prepare('policy', 'set', 'policy.yaml');
  await world.prepare('principal', 'add', 'agent', 'bot');
  return world;
}
