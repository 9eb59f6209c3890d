import { lintPolicy } from '@writ/policy';
import type { Run } from '../program/command.ts';
import { bad, good, warn } from '../terminal/line.ts';
import { readPolicy, refusal } from './read-policy.ts';

/** What loads and is still likely a mistake. */
export const run: Run = async (call) => {
  const [file = '-'] = call.operands;
  const read = await readPolicy(call, file);
  if (read.kind === 'refused') return refusal(read);
  const findings = lintPolicy(read.policy, read.words);
  const counts = call.flag('strict') ? findings : findings.filter(({ level }) => level === 'error');
  const exit = counts.length > 0 ? 1 : 0;
  return {
    exit,
    lines: [
      ...findings.map(({ code, level, message, rule }) => {
        const text = `${level} ${code}${rule === null ? '' : ` ${rule}`}: ${message}`;
        return level === 'error' ? bad(text) : warn(text);
      }),
      ...(findings.length === 0 ? [good('nothing found')] : []),
    ],
    json: { exit, findings },
  };
};
