import { isAbsolute, join } from 'node:path';
import type { JsonObject } from '@writ/contract';
import type { JsonValue } from '@writ/proof';
import { isObject } from '../../hook/host/read-event.ts';
import type { LineReader, PastCall, TranscriptReader } from '../past-call.ts';

/** As long as labels and paths of the hook's events may be. */
const LABEL_CHARACTERS_MAX = 128;
const PATH_CHARACTERS_MAX = 4_096;
/** What the agent is told of a call that its person refused, in any version so far. */
const REFUSALS = ["The user doesn't want to proceed with this tool use", 'User rejected tool use'] as const;

/**
 * Claude Code keeps a file of JSON lines for each session below `projects`, and one for each of its helpers.
 * A line of type `assistant` holds calls, one of type `user` what became of them.
 */
export const CLAUDE_CODE: TranscriptReader = {
  agent: 'claude-code',
  suffix: '.jsonl',
  folder({ environment, user_home }) {
    const configured = environment['CLAUDE_CONFIG_DIR'];
    const base = configured !== undefined && isAbsolute(configured) ? configured : join(user_home, '.claude');
    return join(base, 'projects');
  },
  open() {
    const refused = new Set<string>();
    let project: string | null = null;
    return {
      read(line) {
        if (!isObject(line)) return [];
        const { cwd, type } = line;
        if (isPath(cwd)) project ??= cwd;
        if (type === 'user') noteRefusals(line, refused);
        return type === 'assistant' && isPath(cwd) ? callsIn(line, cwd, project ?? cwd) : [];
      },
      refused: () => refused,
    } satisfies LineReader;
  },
};

function callsIn(line: JsonObject, directory: string, project: string): readonly PastCall[] {
  const { sessionId: session, timestamp } = line;
  const at_ms = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (!isLabel(session) || !Number.isFinite(at_ms)) return [];
  return contentOf(line).flatMap((part) => {
    if (!isObject(part) || part['type'] !== 'tool_use') return [];
    const { id: use, name: tool, input } = part;
    if (!isLabel(use) || !isLabel(tool) || !isObject(input)) return [];
    return [{ use, session, project, directory, at_ms, tool, input }];
  });
}

function noteRefusals(line: JsonObject, refused: Set<string>): void {
  for (const part of contentOf(line)) {
    if (!isObject(part) || part['type'] !== 'tool_result' || part['is_error'] !== true) continue;
    const { tool_use_id: use, content } = part;
    const said = typeof content === 'string' ? [content] : textsOf(content);
    const isRefused = said.some((text) => REFUSALS.some((refusal) => text.startsWith(refusal)));
    if (isLabel(use) && isRefused) refused.add(use);
  }
}

function contentOf({ message }: JsonObject): readonly JsonValue[] {
  return listOf(isObject(message) ? message['content'] : undefined);
}

/** A list of JSON holds values of JSON; that is lost when an array is told from a mapping. */
function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value.map((item: JsonValue) => item) : [];
}

function textsOf(content: JsonValue | undefined): readonly string[] {
  return listOf(content).flatMap((part) => {
    const text = isObject(part) ? part['text'] : undefined;
    return typeof text === 'string' ? [text] : [];
  });
}

function isLabel(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LABEL_CHARACTERS_MAX;
}

function isPath(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && isAbsolute(value) && value.length <= PATH_CHARACTERS_MAX;
}
