import { isId } from '@writ/proof';
import type { Call, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { readDuration } from '../../program/read-words.ts';
import { good } from '../../terminal/line.ts';
import { printTime } from '../../terminal/print-time.ts';
import { mustBeDone } from '../answers.ts';
import { withDesk } from '../with-desk.ts';

export const run: Run = async (call) => {
  const [credential = ''] = call.operands;
  // The key itself never stands on a command line: others see it there, and shells keep it.
  if (!isId(credential)) throw new CliFailure('USAGE', 'the id of a key is wanted: see writ key list');
  const in_ms = readIn(call);
  return withDesk(call, async (desk) => {
    const at = in_ms === null ? null : Date.now() + in_ms;
    const answered = await desk.endKey(credential, at);
    const { index } = mustBeDone(answered);
    const when = at === null ? 'has ended' : `ends ${printTime(at)}`;
    return {
      exit: 0,
      lines: [good(`${credential} ${when}, record ${index}`)],
      json: { exit: 0, id: credential, at, index, proven: answered.proven },
    };
  });
};

function readIn(call: Call): number | null {
  const text = call.text('in');
  if (text === null) return null;
  const in_ms = readDuration(text);
  if (in_ms !== null) return in_ms;
  throw new CliFailure('USAGE', '--in is a whole number of s, m, h or d: 30m, 1h');
}
