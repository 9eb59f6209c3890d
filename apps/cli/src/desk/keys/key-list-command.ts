import type { Run } from '../../program/command.ts';
import { faint, plain } from '../../terminal/line.ts';
import { printTime } from '../../terminal/print-time.ts';
import { withDesk } from '../with-desk.ts';
import { principalOf } from './find-principal.ts';

export const run: Run = (call) =>
  withDesk(call, async (desk) => {
    const { id: owner } = await principalOf(desk, call.operands[0] ?? '');
    const keys = await desk.keys(owner);
    const lines = keys.map(({ id, scopes, expires_at, ends_at }) => {
      const end = ends_at === null ? `expires ${printTime(expires_at)}` : `ends ${printTime(ends_at)}`;
      return plain(`${id}  ${end}  ${scopes.join(', ')}`);
    });
    return {
      exit: 0,
      lines: lines.length === 0 ? [faint('no keys: writ key add makes one')] : lines,
      json: { exit: 0, keys },
    };
  });
