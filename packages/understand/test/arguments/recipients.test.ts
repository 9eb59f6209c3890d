import type { ToolDefinition, Understanding } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, understand } from '../understanding.ts';

const MAIL: ToolDefinition = {
  v: 1,
  name: 'mail.send',
  description: 'sends a mail',
  parameters: { properties: { to: {}, server: {} } },
  arguments: { to: 'recipients', server: 'host' },
  effects: ['SEND_NOTIFICATION'],
};

function send(to: string | readonly string[], server = 'mail.example.com'): Understanding {
  return understand({ to, server }, { tool: MAIL });
}

function named({ resources }: Understanding): readonly string[] {
  return resources.map(({ kind, name }) => `${kind} ${name}`);
}

describe('understandAction() with recipients and hosts', () => {
  it('understandAction() names each of those to whom something goes, as tokens', () => {
    expect(named(send('zoe@example.org; bob@example.org'))).toEqual([
      'host mail.example.com',
      'recipient email#1',
      'recipient email#2',
    ]);
    expect(named(send(['"Doe, Zoe" <zoe@example.org>', '#general']))).toEqual([
      'host mail.example.com',
      'recipient "Doe, Zoe" <email#1>',
      'recipient #general',
    ]);
  });

  it('understandAction() is opaque when nobody is named', () => {
    expect(codesOf(send(' , ').findings)).toContain('opaque');
  });

  it('understandAction() reads a host as it reads that of a URL', () => {
    expect(codesOf(send('x', '2852039166').findings)).toEqual(['metadata_address', 'opaque']);
    expect(codesOf(send('x', 'a b').findings)).toEqual(['opaque']);
    expect(named(send('x', 'Mail.Example.com:25'))).toContain('host mail.example.com');
  });
});
