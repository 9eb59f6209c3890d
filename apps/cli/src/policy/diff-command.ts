import { diffPolicies, type Direction, type PolicyDiff } from '@writ/policy';
import type { ExitCode, Run } from '../program/command.ts';
import { bad, good, type Line, plain, warn } from '../terminal/line.ts';
import { readPolicy, refusal } from './read-policy.ts';

const EXITS: Readonly<Record<Direction, ExitCode>> = { same: 0, tightens: 0, loosens: 1, unknown: 2 };
const SUMMARIES: Readonly<Record<Direction, Line>> = {
  same: good('both decide the same'),
  tightens: good('the second only tightens'),
  loosens: bad('the second loosens'),
  unknown: warn('whether the second loosens cannot be read off its rules'),
};

/** What the second policy permits beyond the first. Layers narrow both. */
export const run: Run = async (call) => {
  const [before = '-', after = '-'] = call.operands;
  const old = await readPolicy(call, before);
  if (old.kind === 'refused') return { ...refusal(old), exit: 2 };
  const now = await readPolicy(call, after);
  if (now.kind === 'refused') return { ...refusal(now), exit: 2 };
  const diff = diffPolicies(old.policy, now.policy);
  const exit = EXITS[diff.direction];
  return {
    exit,
    lines: [...linesOf(diff), SUMMARIES[diff.direction]],
    json: { exit, direction: diff.direction, changes: diff.changes, verdicts: diff.verdicts },
  };
};

/** What loosens stands first. */
const ORDER: readonly Direction[] = ['loosens', 'unknown', 'tightens', 'same'];

function linesOf({ changes, verdicts }: PolicyDiff): readonly Line[] {
  const byDirection = (left: { direction: Direction }, right: { direction: Direction }): number =>
    ORDER.indexOf(left.direction) - ORDER.indexOf(right.direction);
  return [
    ...[...changes].sort(byDirection).map(({ change, direction, rule }) => {
      return toned(direction, `rule ${rule} ${change}: ${WORDS[direction]}`);
    }),
    ...[...verdicts].sort(byDirection).map(({ after, before, direction, example, rule, tool }) => {
      const text = `${tool} as in ${rule} #${example + 1}: ${before.verdict} becomes ${after.verdict}`;
      return toned(direction, before.verdict === after.verdict ? `${text} with other obligations` : text);
    }),
  ];
}

const WORDS: Readonly<Record<Direction, string>> = {
  same: 'decides nothing else',
  tightens: 'tightens',
  loosens: 'loosens',
  unknown: 'may loosen',
};

function toned(direction: Direction, text: string): Line {
  if (direction === 'loosens') return bad(text);
  return direction === 'unknown' ? warn(text) : plain(text);
}
