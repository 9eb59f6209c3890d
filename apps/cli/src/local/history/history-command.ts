import { resolve } from 'node:path';
import { realpath } from 'node:fs/promises';
import { CLAUDE_CODE } from '../../history/readers/claude-code.ts';
import type { TranscriptReader } from '../../history/past-call.ts';
import { type History, readHistory } from '../../history/read-history.ts';
import { readReleased } from '../../files/known-tools.ts';
import { printedPolicy, readPolicy, refusal } from '../../policy/read-policy.ts';
import type { Call, Report, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { countOf } from '../../program/read-words.ts';
import { quoteText } from '../../terminal/encode-text.ts';
import { good, plain } from '../../terminal/line.ts';
import { judgeHistory } from './judge-history.ts';
import { withJudgingCell } from './judging-cell.ts';
import { linesOf } from './report.ts';
import { summarise } from './summarise.ts';

/** The agents whose transcripts are read, in this order. */
const READERS: readonly TranscriptReader[] = [CLAUDE_CODE];
const PACK = 'coding.yaml';
const SHOWN_DEFAULT = 20;
const DAY_MS = 86_400_000;

/** What agents did here before, as the door would have answered it. */
export const run: Run = async (call) => {
  const policy = await policyText(call);
  if (typeof policy !== 'string') return policy;
  const wanted = await wantedOf(call);
  const found: { readonly agent: string; readonly history: History }[] = [];
  for (const reader of READERS) {
    const history = await readHistory(reader, call, wanted, call.progress);
    if (history !== null) found.push({ agent: reader.agent, history });
  }
  if (found.length === 0) return nothingFound(call);
  const calls = found.flatMap(({ history }) => history.calls);
  const refused = new Set(found.flatMap(({ history }) => [...history.refused]));
  const { failed, judged } =
    calls.length === 0
      ? { failed: {}, judged: [] }
      : await withJudgingCell(call, policy, (judging) => judgeHistory(judging, calls, call.progress));
  const summary = summarise(judged, refused);
  const shown = countOf(call, 'show') ?? SHOWN_DEFAULT;
  const readings = found.map(({ agent, history: { folder, reading } }) => ({ agent, folder, ...reading }));
  return {
    exit: 0,
    lines: linesOf(summary, { readings, failed, shown }),
    json: { exit: 0, read: readings, failed, ...summary, worst: summary.worst.slice(0, shown) },
  };
};

/** Whole, with the packs that it stands on: what is judged by is what would be put in force. */
async function policyText(call: Call): Promise<string | Report> {
  const file = call.text('policy');
  if (file === null) return readReleased('policies', PACK);
  const read = await readPolicy(call, file);
  return read.kind === 'refused' ? { ...refusal(read), exit: 2 } : printedPolicy(read.policy);
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

function nothingFound(call: Call): Report {
  const folders = READERS.map((reader) => `${quoteText(reader.folder(call))} (${reader.agent})`);
  return {
    exit: 0,
    lines: [good('no agent has left transcripts here'), plain(`looked in ${folders.join(', ')}`)],
    json: { exit: 0, read: [], calls: 0 },
  };
}
