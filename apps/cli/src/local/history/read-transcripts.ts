import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PastCall, TranscriptReader } from '../../history/past-call.ts';
import { type History, readHistory } from '../../history/read-history.ts';
import { CLAUDE_CODE } from '../../history/readers/claude-code.ts';
import type { Call } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { countOf } from '../../program/read-words.ts';

/** The agents whose transcripts are read, in this order. */
export const READERS: readonly TranscriptReader[] = [CLAUDE_CODE];
const DAY_MS = 86_400_000;

export type Transcribed = {
  readonly found: readonly { readonly agent: string; readonly history: History }[];
  readonly calls: readonly PastCall[];
  readonly refused: ReadonlySet<string>;
};

/** What all agents left here, as `--since` and `--project` want it. */
export async function readTranscripts(call: Call): Promise<Transcribed> {
  const wanted = await wantedOf(call);
  const found: { readonly agent: string; readonly history: History }[] = [];
  for (const reader of READERS) {
    const history = await readHistory(reader, call, wanted, call.progress);
    if (history !== null) found.push({ agent: reader.agent, history });
  }
  const calls = found.flatMap(({ history }) => history.calls);
  return { found, calls, refused: new Set(found.flatMap(({ history }) => [...history.refused])) };
}

async function wantedOf(call: Call): Promise<{ readonly since_ms: number; readonly project: string | null }> {
  const since = countOf(call, 'since');
  const project = call.text('project');
  if (since === 0) throw new CliFailure('USAGE', '--since is a number of days');
  const path = project === null ? null : resolve(project);
  return {
    since_ms: since === null ? 0 : Date.now() - since * DAY_MS,
    // Transcripts hold real paths; a directory that is gone is looked for under the name that is given.
    project: path === null ? null : await realpath(path).catch(() => path),
  };
}
