import { allRules, compilePolicy, viewOfExample } from '@writ/policy';
import type { Run } from '../program/command.ts';
import { faint, good, type Line, plain } from '../terminal/line.ts';
import { linesOfReasons } from './lines.ts';
import { readPolicy, refusal } from './read-policy.ts';

/**
 * Every example with what decides it. A policy whose examples do not hold does not load, so what is shown
 * here holds in its own pack; what the whole says may be stricter where something narrows it.
 */
export const run: Run = async (call) => {
  const [file = '-'] = call.operands;
  const read = await readPolicy(call, file);
  if (read.kind === 'refused') return refusal(read);
  const compiled = compilePolicy(read.policy);
  const tested = allRules(read.policy).flatMap(({ examples, id }) =>
    examples.map((example, at) => {
      const { expect, ...action } = example;
      const { verdict, reasons, obligations, shadow } = compiled.judge(viewOfExample(action));
      return { rule: id, example: at + 1, tool: action.tool, expect, verdict, reasons, obligations, shadow };
    }),
  );
  const lines: readonly Line[] = tested.flatMap(
    ({ example, expect, reasons, rule, shadow, tool, verdict }) => {
      const narrowed = verdict === expect ? '' : `, ${expect} in its own pack`;
      const said = plain(`${rule} #${example} ${tool}: ${verdict}${narrowed}`);
      return call.flag('quiet')
        ? []
        : [
            said,
            ...linesOfReasons(reasons),
            ...shadow.map((one) => faint(`  on trial: ${one.rule} ${one.verdict} ${one.code}`)),
          ];
    },
  );
  return {
    exit: 0,
    lines: [...lines, good(`${tested.length} examples hold`)],
    json: { exit: 0, tested },
  };
};
