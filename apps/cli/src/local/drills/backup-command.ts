import { backup, resolveHome } from '@writ/cell';
import type { Run } from '../../program/command.ts';
import { quoteText } from '../../terminal/encode-text.ts';
import { good, warn } from '../../terminal/line.ts';
import { tellProgress } from './tell-progress.ts';

export const run: Run = async (call) => {
  const [directory = ''] = call.operands;
  const home = resolveHome(call.environment, call.user_home);
  const { settings, size, checkpoint } = await backup(home, directory, tellProgress(call));
  const { origin } = settings;
  return {
    exit: 0,
    lines: [
      good(`${size} records of ${origin} are backed up in ${quoteText(directory)}`),
      warn('the keys are not in it: back up the key directory by itself, where nobody else reads it'),
    ],
    json: { exit: 0, origin, size, checkpoint, directory },
  };
};
