import { parseArgs } from 'node:util';
import { encodeText } from '../terminal/encode-text.ts';
import type { Command, Option } from './command.ts';
import { CliFailure } from './failure.ts';

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  json: { kind: 'flag', value: '', help: 'print one line of JSON instead of text' },
  help: { kind: 'flag', value: '', help: 'show the help of the command' },
};

export type Asked = {
  readonly operands: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
};

/** The longest name that matches the first words, and the rest of them. */
export function findCommand(
  commands: readonly Command[],
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | null {
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const command = commands.find((one) => one.name === name && one.name.split(' ').length === count);
    if (command !== undefined) return { command, rest: words.slice(count) };
  }
  return null;
}

/** Strict: what the command does not declare is refused, never passed over. */
export function parseCall(command: Command, words: readonly string[]): Asked {
  const options: Record<string, { type: 'string' | 'boolean'; multiple: boolean }> = {};
  for (const [name, option] of Object.entries({ ...command.options, ...COMMON_OPTIONS })) {
    options[name] = { type: option.kind === 'flag' ? 'boolean' : 'string', multiple: option.kind === 'list' };
  }
  const { positionals, values } = parseWords(command, words, options);
  const fits = positionals.length >= command.operands_min && positionals.length <= command.operands_max;
  if (values['help'] !== true && !fits) {
    throw new CliFailure('USAGE', `usage: ${usageOf(command)}`);
  }
  return { operands: positionals, values };
}

export function usageOf(command: Command): string {
  const operands = command.operands === '' ? '' : ` ${command.operands}`;
  const options = Object.keys(command.options).length === 0 ? '' : ' [options]';
  return `writ ${command.name}${operands}${options}`;
}

function parseWords(
  command: Command,
  words: readonly string[],
  options: Record<string, { type: 'string' | 'boolean'; multiple: boolean }>,
): { readonly positionals: readonly string[]; readonly values: Asked['values'] } {
  try {
    const config = { args: [...words], options, allowPositionals: true, strict: true } as const;
    return parseArgs({ ...config, tokens: false });
  } catch (error) {
    // The first sentence of its message names the option; the rest is advice about other programs.
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new CliFailure('USAGE', `${encodeText(message)}; see writ help ${command.name}`);
  }
}
