import { readInput } from '../files/read-input.ts';
import type { Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { bad, good } from '../terminal/line.ts';
import { mustBeDone } from './answers.ts';
import { withDesk } from './with-desk.ts';

/** A policy text has at most 2 MiB (spec/20-policy.md section 1); the next byte is enough to refuse it. */
const POLICY_BYTES_MAX = 2_097_153;

export const run: Run = async (call) => {
  const text = decode(await readInput(call.operands[0] ?? '-', POLICY_BYTES_MAX));
  return withDesk(call, async (desk) => {
    const set = await desk.setPolicy(text);
    if (set.kind === 'refused') return refusal(set.problems);
    const { id, index } = mustBeDone(set);
    return {
      exit: 0,
      lines: [good(`the policy is in force: ${id}, record ${index}`)],
      json: { exit: 0, id, index, proven: set.proven },
    };
  });
};

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliFailure('TEXT_NOT_UTF8', 'a policy is UTF-8 text');
  }
}

/** All problems of a text are told together; they were written by whoever wrote the text. */
function refusal(problems: readonly unknown[]): Report {
  return {
    exit: 1,
    lines: [
      bad('the policy does not load and nothing was changed:'),
      ...problems.map((one) => bad(shown(one))),
    ],
    json: { exit: 1, problems },
  };
}

function shown(problem: unknown): string {
  if (typeof problem !== 'object' || problem === null) return '  ?';
  // The policy package's problems: what is not there is shown as not there.
  const { code, line, column, message } = problem as Readonly<Record<string, string | number | undefined>>;
  return `  ${line ?? '?'}:${column ?? '?'} ${code ?? ''} ${message ?? ''}`;
}
