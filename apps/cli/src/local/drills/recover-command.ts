import { recover, resolveHome } from '@writ/cell';
import type { Run } from '../../program/command.ts';
import { warn } from '../../terminal/line.ts';
import { countOf } from '../../program/read-words.ts';
import { reportEpoch } from './report-epoch.ts';
import { tellProgress } from './tell-progress.ts';

export const run: Run = async (call) => {
  const home = resolveHome(call.environment, call.user_home);
  const to = countOf(call, 'to');
  const recovered = await recover(home, { to, now_ms: Date.now(), onProgress: tellProgress(call) });
  const { fault } = recovered;
  const why = fault === null ? [] : [warn(`nothing from record ${fault.index} on was kept: ${fault.detail}`)];
  return reportEpoch(call, recovered, why);
};
