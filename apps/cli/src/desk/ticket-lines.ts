import { type JsonObject, printJson } from '@writ/proof';
import { printTime } from '../terminal/print-time.ts';
import type { ShownTicket } from './shown.ts';

/** Text of arguments beyond this is cut in lists; `--json` has all of it. */
const SHOWN_CHARACTERS_MAX = 2_000;

/** What a person sees before answering. */
export function linesOfTicket(ticket: ShownTicket, name: string | null): readonly string[] {
  const lifts = ticket.lifts.map(({ code, needs, quorum }) => `${code} (${needs} from ${quorum})`);
  return [
    `${ticket.id}  ${ticket.status}, until ${printTime(ticket.expires_at)}, ${ticket.approvals} approvals`,
    `  from      ${name ?? ticket.by}`,
    `  to lift   ${lifts.join(', ')}`,
    ...(ticket.asked === null ? ['  erased'] : linesOfAsked(ticket.asked)),
  ];
}

/** One line for each member, as JSON: what is the agent's cannot pass for ours. */
function linesOfAsked(asked: JsonObject): readonly string[] {
  return Object.entries(asked).map(([name, value]) => {
    const text = printJson(value);
    const cut = text.length > SHOWN_CHARACTERS_MAX ? ` (cut, ${text.length} characters in all)` : '';
    return `  ${name.padEnd(9)} ${text.slice(0, SHOWN_CHARACTERS_MAX)}${cut}`;
  });
}
