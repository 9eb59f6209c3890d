import { Failure } from '../failure.ts';
import { HEAD_BYTES_MAX, type Head } from './head.ts';
import { membersOf } from './members.ts';

// Everything else in printable ASCII stands in JSON as it is.
const NEEDS_CARE = /[^\x20-\x7e]|["\\]/;

/**
 * The exact bytes of the leaf, as text (a head is ASCII). Members are laid down in RFC 8785 order, and every
 * value is an integer, a boolean, null or a printable ASCII string, so that `JSON.stringify` prints each in
 * its one canonical form. Most are strings that need no escaping: those are put down as they are.
 */
export function printHead(head: Head): string {
  const members = membersOf(head.kind);
  if (members === undefined) throw new Failure('RECORD_INVALID', 'unknown kind');
  const values: Readonly<Record<string, unknown>> = head;
  let text = '';
  for (const [name, form, label] of members) {
    const value =
      form.form === 'parts' || form.form === 'predecessor' ? nested(head, form.form) : values[name];
    text += label + printValue(value);
  }
  text += '}';
  if (text.length > HEAD_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'head');
  return text;
}

function printValue(value: unknown): string {
  if (typeof value === 'string' && !NEEDS_CARE.test(value)) return `"${value}"`;
  if (value === undefined) throw new Failure('RECORD_INVALID', 'a member is missing');
  return JSON.stringify(value);
}

// A nested object has an order of its own, and the one it was given in must not become a second spelling.
function nested(head: Head, form: 'parts' | 'predecessor'): object | null {
  if (form === 'parts') return { sealed: head.parts.sealed, state: head.parts.state };
  if (head.kind !== 'genesis' || head.predecessor === null) return null;
  const { origin, root, size } = head.predecessor;
  return { origin, root, size };
}
