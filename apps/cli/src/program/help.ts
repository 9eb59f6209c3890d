import { type Line, plain, strong } from '../terminal/line.ts';
import type { Command, Option } from './command.ts';
import { COMMON_OPTIONS, usageOf } from './parse-call.ts';

const NAME_WIDTH = 24;
const OPTION_WIDTH = 26;

export function helpOfAll(commands: readonly Command[]): readonly Line[] {
  const shown = commands.filter((command) => !command.hidden);
  return [
    strong('writ: no writ, no act'),
    plain(''),
    ...shown.map(({ name, summary }) => plain(`  writ ${name.padEnd(NAME_WIDTH)}${summary}`)),
    plain(''),
    plain('  writ help COMMAND      what a command takes'),
    plain(''),
    plain(
      'Exit code 0: done, allowed, valid. 1: refused, invalid. 2: could not be decided, or asked wrongly.',
    ),
    plain('State lies in $XDG_STATE_HOME/writ and $XDG_CONFIG_HOME/writ; WRIT_HOME overrides both.'),
  ];
}

export function helpOf(command: Command): readonly Line[] {
  return [
    strong(usageOf(command)),
    plain(''),
    plain(command.summary),
    ...command.details.map(plain),
    plain(''),
    ...Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, option]) =>
      plain(helpOfOption(name, option)),
    ),
  ];
}

function helpOfOption(name: string, { value, help, kind }: Option): string {
  const again = kind === 'list' ? ' (may be given again)' : '';
  const shown = value === '' ? `--${name}` : `--${name} ${value}`;
  return `  ${shown.padEnd(OPTION_WIDTH)}${help}${again}`;
}
