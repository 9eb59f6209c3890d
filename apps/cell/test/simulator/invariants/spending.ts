import type { DecodedRecord } from '@writ/kernel';
import type { DecisionHead, ReleaseHead } from '@writ/proof';
import type { Rule } from '../log-model.ts';
import type { Checks } from '../violation.ts';

type Permit = { readonly executor: string; readonly args: string; readonly expires_at: number };
type Run = { unknown: boolean; settled: boolean };

/** A key is the same request for this long; then it is too old to be taken. */
const KEY_LIFE_MS = 600_000;

/** HEART §7: permitted → committed → outcome, each once, by the one who may, in time. */
export function openSpendingRule(checks: Checks): Rule {
  const permits = new Map<string, Permit>();
  const runs = new Map<string, Run>();
  const keys = new Map<string, number>();
  return ({ index, record }) => {
    const { head } = record;
    switch (head.kind) {
      case 'decision':
        checkKey(checks, keys, record, index);
        return permit(permits, head);
      case 'release':
        return permit(permits, head);
      case 'commit': {
        const granted = permits.get(head.id);
        const once = !runs.has(head.id);
        checks.check('one spend for one writ', once, () => `${head.id} again at ${index}`);
        const fits = granted?.executor === head.executor && granted.args === head.args;
        checks.check('a spend stands on a permission', fits, () => `${head.id} at ${index}`);
        const inTime = granted !== undefined && head.time < granted.expires_at;
        checks.check('nothing expired is spent', inTime, () => `${head.id} at ${index}`);
        runs.set(head.id, { unknown: false, settled: false });
        return;
      }
      case 'outcome': {
        const run = runs.get(head.id);
        const open = run !== undefined && !run.settled && !(head.status === 'unknown' && run.unknown);
        checks.check('one outcome for one spend', open, () => `${head.id} at ${index}`);
        runs.set(head.id, { unknown: head.status === 'unknown', settled: head.status !== 'unknown' });
        return;
      }
      default:
        return;
    }
  };
}

function permit(permits: Map<string, Permit>, head: DecisionHead | ReleaseHead): void {
  const { executor, args, expires_at, verdict } = head;
  if (verdict === 'ALLOW' && expires_at !== null) permits.set(head.id, { executor, args, expires_at });
}

function checkKey(checks: Checks, keys: Map<string, number>, record: DecodedRecord, index: number): void {
  if (!('idempotency' in record.state) || record.state.idempotency === null) return;
  const key = `${record.state.by}/${record.state.idempotency.key}`;
  const before = keys.get(key);
  const fresh = before === undefined || record.head.time - before > KEY_LIFE_MS;
  checks.check('one decision for one idempotency key', fresh, () => `again at ${index}`);
  keys.set(key, record.head.time);
}
