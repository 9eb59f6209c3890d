import { listCredentials } from '@writ/cell';
import type { Run } from '../../program/command.ts';
import { faint, plain } from '../../terminal/line.ts';
import { printTime } from '../../terminal/print-time.ts';
import { withStore } from '../store.ts';
import { principalOf } from './find-principal.ts';

export const run: Run = (call) =>
  withStore(call, (store) => {
    const keys = listCredentials(store.cell, principalOf(store, call.operands[0] ?? '').id);
    const lines = keys.map(({ id, scopes, expires_at, ends_at }) => {
      const end = ends_at === null ? `expires ${printTime(expires_at)}` : `ends ${printTime(ends_at)}`;
      return plain(`${id}  ${end}  ${scopes.join(', ')}`);
    });
    return Promise.resolve({
      exit: 0,
      lines: lines.length === 0 ? [faint('no keys: writ key add makes one')] : lines,
      json: { exit: 0, keys },
    });
  });
