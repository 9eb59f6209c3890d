import { readReleased } from '../../files/known-tools.ts';
import { printedPolicy, readPolicy, refusal } from '../../policy/read-policy.ts';
import type { Call, Report, Run } from '../../program/command.ts';
import { countOf } from '../../program/read-words.ts';
import { quoteText } from '../../terminal/encode-text.ts';
import { good, plain } from '../../terminal/line.ts';
import { judgeHistory } from './judge-history.ts';
import { withJudgingCell } from './judging-cell.ts';
import { READERS, readTranscripts } from './read-transcripts.ts';
import { linesOf } from './report.ts';
import { summarise } from './summarise.ts';

const PACK = 'coding.yaml';
const SHOWN_DEFAULT = 20;

/** What agents did here before, as the door would have answered it. */
export const run: Run = async (call) => {
  const policy = await policyText(call);
  if (typeof policy !== 'string') return policy;
  const { calls, found, refused } = await readTranscripts(call);
  if (found.length === 0) return nothingFound(call);
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

function nothingFound(call: Call): Report {
  const folders = READERS.map((reader) => `${quoteText(reader.folder(call))} (${reader.agent})`);
  return {
    exit: 0,
    lines: [good('no agent has left transcripts here'), plain(`looked in ${folders.join(', ')}`)],
    json: { exit: 0, read: [], calls: 0 },
  };
}
