import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { withDesk } from './with-desk.ts';

export const run: Run = (call) =>
  withDesk(call, async (desk) => {
    const operator = await desk.operator();
    const names = new Map(desk.book.principals.map(({ id, name }) => [id, name]));
    const inOrder = [...(await desk.principals())].sort((one, other) => one.changed - other.changed);
    const principals = inOrder.map(({ id, ns, definition, disabled }) => {
      const name = id === operator.id ? 'operator' : (names.get(id) ?? null);
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
