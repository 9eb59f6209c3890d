import type { RuleReason } from '@writ/policy';
import { faint, type Line, plain } from '../terminal/line.ts';

/** The rules that decided stand out: those with the strictest verdict. */
export function linesOfReasons(reasons: readonly RuleReason[]): readonly Line[] {
  const order = ['ALLOW', 'NEED_EVIDENCE', 'ESCALATE', 'BLOCK'];
  const strictest = Math.max(...reasons.map(({ verdict }) => order.indexOf(verdict)));
  return reasons.map(({ code, fault, rule, verdict }) => {
    const name = rule === '' ? 'no rule' : rule;
    const text = `${name} ${verdict} ${code}${fault === undefined ? '' : ` (${fault})`}`;
    return order.indexOf(verdict) === strictest ? plain(`  decided by ${text}`) : faint(`  also ${text}`);
  });
}
