import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clientHome } from '../../../client/client-home.ts';
import { readTrust } from '../../../client/trust.ts';
import { SHELL_TOOL, type ShellCall } from '../../../lexecon/programs.ts';
import type { Call, Place, Report } from '../../../program/command.ts';
import { CliFailure } from '../../../program/failure.ts';
import { quoteText } from '../../../terminal/encode-text.ts';
import { faint, type Line } from '../../../terminal/line.ts';
import { initialise } from '../../init-command.ts';
import { withStore } from '../../store.ts';
import { exportHere, verifyFile } from '../show-proofs.ts';
import { attemptCall, isRecorded } from './attempt.ts';
import { furnishShell } from './shell-world.ts';
import { exitOfFacts, transcriptOf } from './transcript.ts';

/** What Lexecon's own demonstration attempts. */
const DESTRUCTIVE: ShellCall = { executable: 'rm', args: ['-rf', './important_data'] };
const LOG_NAME = 'ledger.writ-log';
const TRUST_NAME = 'trust.json';

/** The six lines of Lexecon's demonstration; each is what was found, in a cell that is gone afterwards. */
export async function showShell(call: Call, place: Place, directory: string): Promise<Report> {
  const [executable, ...args] = call.operands;
  const wanted = executable === undefined ? DESTRUCTIVE : { executable, args };
  const work = join(directory, 'work');
  mkdirSync(join(work, 'important_data'), { recursive: true });
  await initialise(place, 'demo');
  const attempt = await withStore(place, async (store) => {
    const world = await furnishShell(store);
    return attemptCall(store, world, wanted, work, place.environment['PATH']);
  });
  const home = clientHome(place.environment, place.user_home);
  const recorded = isRecorded(attempt, await readTrust(null, home));
  const log = join(directory, LOG_NAME);
  await exportHere({ call, place, directory }, log);
  const { verdict } = await verifyFile({ call, place, directory }, log);
  const kept = keep(call.text('keep'), log, home.trust);
  const { decision, reason, run } = attempt;
  const facts = { decision, reason, run, recorded, ledger: verdict };
  const exit = exitOfFacts(facts);
  return {
    exit,
    lines: [...transcriptOf(facts), ...kept],
    json: { exit, tool: SHELL_TOOL, ...facts },
  };
}

/** The exported log and the keys to verify it with, in a directory of their own. */
function keep(directory: string | null, log: string, trust: string): readonly Line[] {
  if (directory === null) return [];
  try {
    mkdirSync(directory, { mode: 0o700 });
    cpSync(log, join(directory, LOG_NAME));
    cpSync(trust, join(directory, TRUST_NAME));
  } catch {
    throw new CliFailure('OUTPUT_UNWRITABLE', `${quoteText(directory)} cannot be made: name a new directory`);
  }
  const files = `${join(directory, LOG_NAME)} --trust ${join(directory, TRUST_NAME)}`;
  return [faint(`verify it again: writ verify ${files} --no-memory`)];
}
