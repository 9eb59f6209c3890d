import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { withDesk } from './with-desk.ts';

export const run: Run = (call) =>
  withDesk(call, async (desk) => {
    const names = new Map(desk.book.principals.map(({ id, name }) => [id, name]));
    const principals = (await desk.principals()).map(({ id, ns, definition, disabled }) => {
      const name = id === desk.operator ? 'operator' : (names.get(id) ?? null);
      return { id, name, ns, disabled, definition };
    });
    return {
      exit: 0,
      lines: principals.map(({ id, name, disabled, definition: { kind, wall } }) =>
        plain(`${id}  ${kind.padEnd(9)} wall ${wall}  ${name ?? '-'}${disabled ? '  disabled' : ''}`),
      ),
      json: { exit: 0, principals },
    };
  });
