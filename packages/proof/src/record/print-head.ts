import { Failure } from '../failure.ts';
import { HEAD_BYTES_MAX, type Head } from './head.ts';
import { membersOf } from './members.ts';

/**
 * The exact bytes of the leaf, as text (a head is ASCII). Members are laid down in RFC 8785 order, which makes
 * one `JSON.stringify` canonical: every value is an integer, a boolean, null or a printable ASCII string.
 */
export function printHead(head: Head): string {
  const members = membersOf(head.kind);
  if (members === undefined) throw new Failure('RECORD_INVALID', 'unknown kind');
  const values: Readonly<Record<string, unknown>> = head;
  const ordered: Record<string, unknown> = {};
  for (const [name, form] of members) {
    const value = values[name];
    ordered[name] = form.form === 'parts' ? { sealed: head.parts.sealed, state: head.parts.state } : value;
  }
  const text = JSON.stringify(ordered);
  if (text.length > HEAD_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'head');
  return text;
}
