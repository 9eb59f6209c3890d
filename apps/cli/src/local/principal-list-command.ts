import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { withStore } from './store.ts';

export const run: Run = (call) =>
  withStore(call, ({ cell, book }) => {
    const names = new Map(book.principals.map(({ id, name }) => [id, name]));
    const principals = [...cell.running.state().principals.values()].map(
      ({ id, ns, definition, disabled }) => {
        const name = id === cell.settings.operator ? 'operator' : (names.get(id) ?? null);
        return { id, name, ns, disabled, definition };
      },
    );
    return Promise.resolve({
      exit: 0,
      lines: principals.map(({ id, name, disabled, definition: { kind, wall } }) =>
        plain(`${id}  ${kind.padEnd(9)} wall ${wall}  ${name ?? '-'}${disabled ? '  disabled' : ''}`),
      ),
      json: { exit: 0, principals },
    });
  });
