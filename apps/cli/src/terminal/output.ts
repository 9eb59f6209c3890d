import type { Report } from '../program/command.ts';
import { encodeText } from './encode-text.ts';
import type { Line, Tone } from './line.ts';

/** Where a program writes: one stream, and whether a person looks at it. */
export type Sink = { write(text: string): unknown; readonly isTerminal: boolean };

export type Output = {
  report(report: Report): void;
  say(line: Line): void;
  complain(line: Line): void;
  progress(text: string): void;
};

const CODES: Readonly<Record<Tone, string>> = {
  plain: '',
  good: '32',
  bad: '31',
  warn: '33',
  strong: '1',
  faint: '2',
};

export type OutputOptions = {
  readonly out: Sink;
  readonly error: Sink;
  readonly json: boolean;
  /** NO_COLOR, or a terminal that knows none. */
  readonly colourless: boolean;
};

export function openOutput({ out, error, json, colourless }: OutputOptions): Output {
  const paint = (sink: Sink, { tone, text }: Line): string => {
    const shown = encodeText(text);
    const code = CODES[tone];
    return code === '' || colourless || !sink.isTerminal ? shown : `\u001b[${code}m${shown}\u001b[0m`;
  };
  let shown = false;
  const clear = (): void => {
    if (shown) error.write('\r\u001b[K');
    shown = false;
  };
  return {
    report({ lines, json: value, raw }) {
      clear();
      if (json) out.write(`${printAscii(value)}\n`);
      else if (raw !== undefined) out.write(raw);
      else for (const line of lines) out.write(`${paint(out, line)}\n`);
    },
    say(line) {
      clear();
      if (!json) out.write(`${paint(out, line)}\n`);
    },
    complain(line) {
      clear();
      error.write(`${paint(error, line)}\n`);
    },
    progress(text) {
      if (!error.isTerminal) {
        error.write(`${encodeText(text)}\n`);
        return;
      }
      clear();
      error.write(encodeText(text));
      shown = true;
    },
  };
}

/** JSON of ASCII alone: whatever reads it, and whatever shows it, sees the same. */
export function printAscii(value: unknown): string {
  const text = JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? member.toString() : member,
  );
  return text.replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
