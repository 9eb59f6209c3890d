import type { Answer, Code } from '@writ/contract';
import { checkCommand } from '@writ/contract/schemas';

/** Texts that end in a sealed part, by where they stand: a long one is no record, and nothing else. */
const TEXTS: ReadonlySet<string> = new Set(['/sealed', '/input', '/judged', '/recorded']);

/**
 * The refusal of what is no command, or none that somebody gives: the cell's own have no author and never
 * come this way. Nothing of it is recorded, because nothing in it can be relied on, its author neither.
 */
export function refuseMalformed(command: unknown): Answer | null {
  const checked = checkCommand(command);
  if (checked.kind === 'valid') return 'by' in checked.value ? null : refusal('INVALID_COMMAND');
  const { code, where } = checked.refusal;
  return refusal(TEXTS.has(where) && isText(command, where.slice(1)) ? 'RECORD_TOO_LARGE' : code);
}

/** Of a text only the length can be wrong. */
function isText(command: unknown, member: string): boolean {
  // What has a misfit at a member is an object with that member.
  return typeof (command as Readonly<Record<string, unknown>>)[member] === 'string';
}

export function refusal(code: Code): Answer {
  return { kind: 'refused', index: null, code, drift: [], reasons: [] };
}
