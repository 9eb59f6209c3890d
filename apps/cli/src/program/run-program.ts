import { bad } from '../terminal/line.ts';
import { openOutput, type Output, type Sink } from '../terminal/output.ts';
import type { Call, Command, Environment, Report } from './command.ts';
import { COMMANDS } from './commands.ts';
import { CliFailure, describeFailure } from './failure.ts';
import { helpOf, helpOfAll } from './help.ts';
import { type Asked, findCommand, parseCall } from './parse-call.ts';

export type Outside = {
  readonly words: readonly string[];
  readonly environment: Environment;
  readonly user_home: string;
  readonly out: Sink;
  readonly error: Sink;
};

/** Runs one command and answers with its exit code. It never throws: a failure is a code and a line. */
export async function runProgram(outside: Outside): Promise<number> {
  const { words, environment, out, error } = outside;
  const json = ownWords(words).includes('--json');
  const colourless = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const output = openOutput({ out, error, json, colourless });
  try {
    const report = await run(outside, output, json);
    output.report(report);
    return report.exit;
  } catch (cause) {
    const { code, detail, index, exit } = describeFailure(cause);
    if (json) output.report({ exit, lines: [], json: { exit, code, detail, index } });
    else output.complain(bad(`writ: ${code}: ${detail}`));
    return exit;
  }
}

async function run(outside: Outside, output: Output, json: boolean): Promise<Report> {
  const words = outside.words.filter((word, at) => word !== '--json' || at > 0);
  const [first] = words;
  if (first === undefined || first === '--help' || first === 'help') return help(words.slice(1));
  const found = findCommand(COMMANDS, words);
  if (found === null) throw new CliFailure('USAGE', 'no such command; see writ help');
  const asked = parseCall(found.command, found.rest);
  if (asked.values['help'] === true) return helpReport([found.command], helpOf(found.command));
  const command = await found.command.load();
  return command(callOf(asked, outside, output, json));
}

/** What follows `--` belongs to another program. */
function ownWords(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return end < 0 ? words : words.slice(0, end);
}

function help(words: readonly string[]): Report {
  const asked = words.filter((word) => word !== '--json');
  if (asked.length === 0) return helpReport(COMMANDS, helpOfAll(COMMANDS));
  const found = findCommand(COMMANDS, asked);
  if (found !== null && found.rest.length === 0) return helpReport([found.command], helpOf(found.command));
  throw new CliFailure('USAGE', 'no such command; see writ help');
}

function helpReport(commands: readonly Command[], lines: Report['lines']): Report {
  const shown = commands.filter((command) => !command.hidden);
  return {
    exit: 0,
    lines,
    json: {
      exit: 0,
      commands: shown.map(({ name, operands, summary, options }) => ({ name, operands, summary, options })),
    },
  };
}

function callOf(asked: Asked, outside: Outside, output: Output, json: boolean): Call {
  const { operands, values } = asked;
  return {
    operands,
    text(option) {
      const value = values[option];
      return typeof value === 'string' ? value : null;
    },
    list(option) {
      const value = values[option];
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
    },
    flag: (option) => values[option] === true,
    json,
    commands: COMMANDS,
    environment: outside.environment,
    user_home: outside.user_home,
    progress: output.progress,
    say: output.say,
  };
}
