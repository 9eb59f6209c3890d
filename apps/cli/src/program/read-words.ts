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

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^([1-9][0-9]{0,5})([smhd])$/;

/** A length of time as people write it: 30m, 1h, 7d. Null for what is none. */
export function readDuration(text: string): number | null {
  const [, count, unit = ''] = DURATION.exec(text) ?? [];
  const unit_ms = UNITS_MS[unit];
  return unit_ms === undefined ? null : Number(count) * unit_ms;
}
