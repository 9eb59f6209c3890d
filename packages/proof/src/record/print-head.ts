import { Failure } from '../failure.ts';
import { HEAD_BYTES_MAX, type Head } from './head.ts';
import { membersOf } from './members.ts';

/**
 * The exact bytes of the leaf, as text (a head is ASCII). Members are laid down in RFC 8785 order, which
 * makes one `JSON.stringify` canonical: every value is an integer, a boolean, null or a printable ASCII
 * string.
 */
export function printHead(head: Head): string {
  const members = membersOf(head.kind);
  if (members === undefined) throw new Failure('RECORD_INVALID', 'unknown kind');
  const values: Readonly<Record<string, unknown>> = head;
  const ordered: Record<string, unknown> = {};
  for (const [name, form] of members) {
    if (form.form === 'parts') ordered[name] = { sealed: head.parts.sealed, state: head.parts.state };
    else if (form.form === 'predecessor') ordered[name] = orderedPredecessor(head);
    else ordered[name] = values[name];
  }
  const text = JSON.stringify(ordered);
  if (text.length > HEAD_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'head');
  return text;
}

// A nested object has an order of its own, and the one it was given in must not become a second spelling.
function orderedPredecessor(head: Head): object | null {
  if (head.kind !== 'genesis' || head.predecessor === null) return null;
  const { origin, root, size } = head.predecessor;
  return { origin, root, size };
}
