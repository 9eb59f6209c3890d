import type { Rule } from '../log-model.ts';
import type { Checks } from '../violation.ts';

/** HEART §3 and §6: terms rise and fence, time does not go back. */
export function openOrderRule(checks: Checks): Rule {
  let term = 0;
  return ({ index, record: { head }, before, batch_term }) => {
    if (head.kind === 'term') {
      checks.check('terms strictly rise', head.term > term, () => `${head.term} after ${term} at ${index}`);
      term = head.term;
    }
    checks.check(
      'no record of an old term follows a newer one',
      head.term === term && batch_term >= term,
      () => `term ${head.term} in a batch of ${batch_term} at ${index}, the log is at ${term}`,
    );
    // A term that is written before history is read does not know the time of the newest record.
    const blind = head.kind === 'term' && head.reason === 'unknown';
    checks.check('time does not go back', blind || head.time >= before.now_ms, () => `at ${index}`);
  };
}
