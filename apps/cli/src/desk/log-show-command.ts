import type { Head } from '@writ/proof';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { countOf } from '../program/read-words.ts';
import { plain } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import { sizeOf } from './log/checkpoint-size.ts';
import { withDesk } from './with-desk.ts';

const LIMIT = 20;
/** Each line is read by itself; whoever wants more exports the log. */
const LIMIT_MAX = 1_000;

export const run: Run = (call) => {
  const limit = countOf(call, 'limit') ?? LIMIT;
  const asked = countOf(call, 'from');
  if (limit === 0 || limit > LIMIT_MAX) throw new CliFailure('USAGE', `--limit is from 1 to ${LIMIT_MAX}`);
  return withDesk(call, async (desk) => {
    const size = sizeOf(await desk.checkpoint());
    const from = asked ?? Math.max(0, size - limit);
    const records = from < size ? await desk.heads(from, Math.min(limit, size - from)) : [];
    return {
      exit: 0,
      lines: records.map(({ index, head }) => plain(lineOf(index, head))),
      json: { exit: 0, size, records },
    };
  });
};

export function lineOf(index: number, head: Head): string {
  const at = `${String(index).padStart(6)}  ${printTime(head.time)}`;
  return `${at}  ${head.kind.padEnd(10)} ${head.id}  ${saidOf(head)}`;
}

function saidOf(head: Head): string {
  switch (head.kind) {
    case 'decision':
    case 'release':
    case 'refusal':
      return `${head.verdict} ${head.code}`;
    case 'outcome':
      return head.status;
    case 'approval':
    case 'denial':
      return head.state;
    case 'freeze':
    case 'thaw':
      return head.scope;
    case 'erase':
      return head.subject;
    case 'namespace':
    case 'principal':
    case 'tool':
    case 'policy':
    case 'credential':
    case 'key':
      return head.change;
    case 'questions':
      return head.change === 'open' ? 'open' : `close, ${timesOf(head)}`;
    case 'term':
    case 'genesis':
      return head.reason;
    case 'commit':
    case 'tick':
    case 'clock':
    case 'engine':
    case 'snapshot':
    case 'quarantine':
      return '';
    default:
      return head satisfies never;
  }
}

/** How often it was asked; nobody knows of a window whose process died. */
function timesOf({ explained, weighed }: Extract<Head, { readonly kind: 'questions' }>): string {
  return `${explained ?? 'unknown'} explained, ${weighed ?? 'unknown'} weighed`;
}
