import type { Call } from './command.ts';
import { CliFailure } from './failure.ts';

export function countOf(call: Call, option: string): number | null {
  const text = call.text(option);
  if (text === null) return null;
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(text)) return Number(text);
  throw new CliFailure('USAGE', `--${option} is a whole number`);
}

export function oneOf<const Word extends string>(words: readonly Word[], text: string, what: string): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new CliFailure('USAGE', `${what} is one of ${words.join(', ')}`);
}
