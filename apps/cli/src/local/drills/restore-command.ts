import { resolveHome, restore } from '@writ/cell';
import type { Run } from '../../program/command.ts';
import { warn } from '../../terminal/line.ts';
import { reportEpoch } from './report-epoch.ts';
import { tellProgress } from './tell-progress.ts';

export const run: Run = async (call) => {
  const [directory = ''] = call.operands;
  const home = resolveHome(call.environment, call.user_home);
  const vkey = call.text('key');
  const onProgress = tellProgress(call);
  const began = await restore(directory, home, { now_ms: Date.now(), vkey, onProgress });
  const undone =
    'actions that were erased by themselves since this backup are sealed in it again: only erasing';
  const more = began.lost === 0 ? [] : [warn(`${undone} their namespace destroys them`)];
  return reportEpoch(call, began, more);
};
