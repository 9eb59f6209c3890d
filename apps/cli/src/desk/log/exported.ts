import type { Report } from '../../program/command.ts';
import { quoteText } from '../../terminal/encode-text.ts';
import { good } from '../../terminal/line.ts';

export function exported(origin: string, size: number, path: string): Report {
  return {
    exit: 0,
    lines: [good(`${size} records of ${origin} are in ${quoteText(path)}`)],
    json: { exit: 0, origin, size, file: path },
  };
}
