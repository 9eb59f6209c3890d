import { CODES, isCode } from '@writ/contract';

/** What a model and its person are told: a code, our own words for it, and what to do next. */
export function textOf(code: string, next: string): string {
  const text = isCode(code) ? CODES[code].agent : 'it is not permitted';
  return `Writ: ${code}, ${text}. ${next}`;
}

export const NEXT_AFTER_FAILURE =
  'Nothing is permitted while Writ does not answer. For the person: writ serve, or writ status.';

export function nextAfterBlock(code: string, id: string | null): string {
  if (code === 'UNKNOWN_TOOL') return 'For the person: writ tool add FILE declares it.';
  if (code === 'TOOL_MISMATCH') return 'For the person: writ install claude-code pins it as it is now.';
  const why = id === null ? '' : ` Why: writ why ${id}.`;
  return `Do something else, or ask your person.${why}`;
}

export function nextAfterTicket(ticket: string): string {
  return `Ask your person for: writ approve ${ticket}. Then make the same call again.`;
}
