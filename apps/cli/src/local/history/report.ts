import { CODES, isCode } from '@writ/contract';
import { quoteText } from '../../terminal/encode-text.ts';
import { bad, faint, good, type Line, plain, strong, warn } from '../../terminal/line.ts';
import type { Fate, Summary, Why, Worst } from './summarise.ts';

export type Told = {
  readonly readings: readonly {
    readonly agent: string;
    readonly files: number;
    readonly broken_lines: number;
    readonly long_lines: number;
    readonly unread_files: number;
    readonly cut: boolean;
  }[];
  readonly failed: Readonly<Record<string, number>>;
  /** How many of the worst. */
  readonly shown: number;
};

const WHY_SHOWN = 12;
const TOOLS_SHOWN = 10;
/** A line for each call: what is longer is cut, and says so. */
const CALL_CHARACTERS_MAX = 120;

export function linesOf(summary: Summary, told: Told): readonly Line[] {
  return [
    ...told.readings.flatMap(linesOfReading),
    ...Object.entries(told.failed).map(([code, count]) =>
      warn(`${count} calls could not be judged: ${code}`),
    ),
    ...(summary.calls === 0 ? [plain('no call of an agent was found')] : linesOfCalls(summary, told.shown)),
    faint('nothing was recorded, and nothing left this machine'),
  ];
}

function linesOfReading(reading: Told['readings'][number]): readonly Line[] {
  const { agent, broken_lines, cut, files, long_lines, unread_files } = reading;
  const gaps = [
    [broken_lines, 'lines are no JSON'],
    [long_lines, 'lines are too long'],
    [unread_files, 'files or folders could not be read'],
  ] as const;
  return [
    plain(`${agent}: ${files} transcripts`),
    ...gaps.flatMap(([count, what]) => (count === 0 ? [] : [warn(`  ${count} ${what}; they are left out`)])),
    ...(cut ? [warn('  there is more than this reads at once; the newest is here')] : []),
  ];
}

function linesOfCalls(summary: Summary, shown: number): readonly Line[] {
  const { calls, days, fates, projects, sessions, worst } = summary;
  return [
    strong(`${calls} calls in ${sessions} sessions, ${projects} projects, ${days} days`),
    good(`  ${ofAll(fates.silent, calls)} silent`),
    warn(`  ${ofAll(fates.asked, calls)} asked, ${(fates.asked / days).toFixed(1)} a day`),
    bad(`  ${ofAll(fates.blocked, calls)} blocked`),
    ...linesOfUndeclared(summary),
    ...linesOfAsked(summary),
    ...linesOfRefused(summary.refused),
    ...(summary.why.length === 0 ? [] : [strong('why')]),
    ...summary.why.slice(0, WHY_SHOWN).map(lineOfWhy),
    ...(worst.length === 0 || shown === 0 ? [] : [strong('the worst first')]),
    ...worst.slice(0, shown).map(lineOfWorst),
    ...(worst.length > shown ? [plain(`  and ${worst.length - shown} more: --show N`)] : []),
  ];
}

function linesOfUndeclared({ calls, fates, undeclared_tools }: Summary): readonly Line[] {
  if (fates.undeclared === 0) return [];
  const tools = Object.entries(undeclared_tools).sort((a, b) => b[1] - a[1]);
  const named = tools.slice(0, TOOLS_SHOWN).map(([tool, count]) => `${quoteText(tool)} ${count}`);
  const more = tools.length > TOOLS_SHOWN ? `, and ${tools.length - TOOLS_SHOWN} more` : '';
  const count = ofAll(fates.undeclared, calls);
  return [
    warn(`  ${count} by tools that nobody declared, blocked until somebody does: ${named.join(', ')}${more}`),
  ];
}

function linesOfAsked({
  asked_unobserved,
  different_questions,
  fates,
  mechanisms,
  unobserved,
}: Summary): Line[] {
  const by = Object.entries(mechanisms).map(([mechanism, count]) => `${count} ${mechanism}`);
  return [
    ...(fates.asked === 0
      ? []
      : [plain(`  the ${fates.asked} that are asked are ${different_questions} different questions`)]),
    ...(by.length === 0 ? [] : [plain(`  what was asked and blocked, by what told: ${by.join(', ')}`)]),
    ...(unobserved === 0
      ? []
      : [
          plain(
            `  ${unobserved} calls were in directories that are gone: what could be undone there is not ` +
              `known, which asks (${asked_unobserved} of them are asked)`,
          ),
        ]),
  ];
}

function linesOfRefused(refused: Readonly<Record<Fate, number>>): readonly Line[] {
  const total = Object.values(refused).reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const parts = Object.entries(refused).filter(([, count]) => count > 0);
  return [
    plain(
      `  you refused ${total} of them then: ${parts.map(([fate, count]) => `${count} ${fate}`).join(', ')}`,
    ),
  ];
}

function lineOfWhy({ calls, code, rule, verdict }: Why): Line {
  const by = rule === null ? '' : `, rule ${rule}`;
  const said = isCode(code) ? `: ${CODES[code].operator}` : '';
  const line = `  ${String(calls).padStart(6)}  ${verdict} ${code}${by}${said}`;
  return verdict === 'BLOCK' ? bad(line) : plain(line);
}

function lineOfWorst({ calls, code, day, fate, mechanism, refused, rule, shown, tool }: Worst): Line {
  const times = calls === 1 ? '' : ` ×${calls}`;
  const by = rule === null ? code : `${code}, rule ${rule}`;
  const then = refused === 0 ? '' : ', which you refused';
  const what = `${tool} ${quoteText(shown, CALL_CHARACTERS_MAX)}${times}`;
  const line = `  ${day} ${fate} ${what}: ${by} (${mechanism})${then}`;
  return fate === 'blocked' ? bad(line) : warn(line);
}

function ofAll(count: number, all: number): string {
  return `${count} (${((100 * count) / all).toFixed(1)} %)`;
}
