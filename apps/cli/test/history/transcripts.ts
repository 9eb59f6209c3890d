import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Written = {
  readonly use: string;
  readonly tool: string;
  readonly input: unknown;
  readonly directory: string;
  readonly session?: string;
  readonly timestamp?: string;
};

/** A line of a transcript that holds one call, as Claude Code writes them. */
export function callLine({ directory, input, session, timestamp, tool, use }: Written): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    userType: 'external',
    cwd: directory,
    sessionId: session ?? 'session-1',
    version: '2.1.0',
    type: 'assistant',
    message: {
      role: 'assistant',
      model: 'claude',
      content: [
        { type: 'text', text: 'I shall look.' },
        { type: 'tool_use', id: use, name: tool, input },
      ],
      usage: { input_tokens: 3, costUSD: 0.25 },
    },
    uuid: `line-${use}`,
    timestamp: timestamp ?? '2026-06-01T10:00:00.000Z',
  });
}

export function resultLine(use: string, content: unknown, is_error: boolean): string {
  const part = { type: 'tool_result', tool_use_id: use, content, is_error };
  return JSON.stringify({ type: 'user', message: { role: 'user', content: [part] } });
}

export const REFUSED: string = [
  "The user doesn't want to proceed with this tool use.",
  'The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file).',
].join(' ');

export function writeTranscript(home: string, name: string, lines: readonly string[]): string {
  const path = join(home, '.claude', 'projects', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}
