import { readInput } from '../files/read-input.ts';
import type { Call, Report, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { bad, good } from '../terminal/line.ts';
import { mustBeDone } from './answers.ts';
import { withDesk } from './with-desk.ts';

/** A policy text has at most 4 MiB (spec/20-policy.md section 1); the next byte is enough to refuse it. */
const POLICY_BYTES_MAX = 4_194_305;

export const run: Run = async (call) => {
  const [file = '-'] = call.operands;
  const text = await readWhole(call, file);
  if (typeof text !== 'string') return text;
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

/** A policy that names packs, or that layers narrow, is put together here: a cell takes one whole text. */
async function readWhole(call: Call, file: string): Promise<string | Report> {
  const isWhole = call.list('narrow').length === 0 && !call.flag('packs');
  if (isWhole) return decode(await readInput(file, POLICY_BYTES_MAX));
  const { printedPolicy, readPolicy, refusal: refuse } = await import('../policy/read-policy.ts');
  const composed = await readPolicy(call, file);
  return composed.kind === 'refused' ? refuse(composed) : printedPolicy(composed.policy);
}

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
