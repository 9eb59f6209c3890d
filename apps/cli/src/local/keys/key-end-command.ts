import { endCredential } from '@writ/cell';
import { isId } from '@writ/proof';
import type { Call, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { good } from '../../terminal/line.ts';
import { printTime } from '../../terminal/print-time.ts';
import { mustBeDone } from '../answers.ts';
import { type Store, withStore } from '../store.ts';

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^([1-9][0-9]{0,5})([smhd])$/;

export const run: Run = async (call) => {
  const [credential = ''] = call.operands;
  // The key itself never stands on a command line: others see it there, and shells keep it.
  if (!isId(credential)) throw new CliFailure('USAGE', 'the id of a key is wanted: see writ key list');
  const in_ms = readDuration(call);
  return withStore(call, async (store) => {
    const { cell } = store;
    const at = in_ms === null ? 0 : Date.now() + in_ms;
    const ns = mustEndLater(store, credential, at);
    const answered = await endCredential(cell, { by: cell.settings.operator, ns, credential, at });
    const { index } = mustBeDone(answered);
    const when = in_ms === null ? 'has ended' : `ends ${printTime(at)}`;
    return {
      exit: 0,
      lines: [good(`${credential} ${when}, record ${index}`)],
      json: { exit: 0, id: credential, at: in_ms === null ? null : at, index, proven: answered.proven },
    };
  });
};

/** The namespace to ask in. An end that would not come sooner is said to be none before it is asked for. */
function mustEndLater({ cell, book }: Store, credential: string, at: number): string {
  const { credentials, principals } = cell.running.state();
  const known = credentials.get(credential);
  if (known === undefined) return book.ns;
  const end = known.ends_at ?? known.expires_at;
  if (at >= end) throw new CliFailure('INVALID_COMMAND', `it ends ${printTime(end)} already`, 1);
  return principals.get(known.principal)?.ns ?? book.ns;
}

function readDuration(call: Call): number | null {
  const text = call.text('in');
  if (text === null) return null;
  const [, count, unit = ''] = DURATION.exec(text) ?? [];
  const unit_ms = UNITS_MS[unit];
  if (unit_ms !== undefined) return Number(count) * unit_ms;
  throw new CliFailure('USAGE', '--in is a whole number of s, m, h or d: 30m, 1h');
}
