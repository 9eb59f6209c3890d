import { parseArgs } from 'node:util';

export type Options = {
  readonly names: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly records: number;
  readonly out: string;
};

/** One line of a report; what does not apply is absent. */
export type Row = Readonly<Record<string, number | string>>;

export type Report = { readonly title: string; readonly note: string; readonly rows: readonly Row[] };

export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      records: { type: 'string', default: '100000' },
      out: { type: 'string', default: 'bench/results' },
    },
  });
  return {
    names: positionals,
    rounds: count(values.rounds),
    seconds: count(values.seconds),
    records: count(values.records),
    out: values.out,
  };
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`not a count: ${text}`);
  return value;
}
