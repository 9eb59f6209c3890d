import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { measureAgain } from './again.ts';
import { measureGrowth } from './growth.ts';
import { measureHeart } from './heart.ts';
import { type Options, parseOptions, type Report, type Row } from './options.ts';
import { measureHook } from './hook.ts';
import { measureHttp } from './http/measure.ts';
import { measureJudge } from './judge/measure.ts';
import { measureVerify } from './verify.ts';

const MEASUREMENTS: Readonly<Record<string, (options: Options) => Promise<Report>>> = {
  heart: measureHeart,
  http: measureHttp,
  hook: measureHook,
  judge: measureJudge,
  verify: measureVerify,
  again: measureAgain,
  growth: measureGrowth,
};

const options = parseOptions(process.argv.slice(2));
const names = options.names.length > 0 ? options.names : Object.keys(MEASUREMENTS);
mkdirSync(options.out, { recursive: true });
for (const name of names) {
  const measure = MEASUREMENTS[name];
  if (measure === undefined)
    throw new RangeError(`no measurement ${name}: ${Object.keys(MEASUREMENTS).join(', ')}`);
  const load_before = loadavg();
  const report = await measure(options);
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? '',
    memory_gb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load_before,
    load_after: loadavg(),
  };
  writeFileSync(
    join(options.out, `${name}.json`),
    `${JSON.stringify({ machine, options, ...report }, null, 2)}\n`,
  );
  const text = markdown(report, machine);
  writeFileSync(join(options.out, `${name}.md`), text);
  process.stdout.write(text);
}

function markdown({ title, note, rows }: Report, machine: object): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const table = rows.map((row) => line(columns.map((column) => cell(row, column))));
  const header = line(columns) + line(columns.map(() => '---'));
  return `# ${title}\n\n${note}\n\n${header}${table.join('')}\n\`${JSON.stringify(machine)}\`\n\n`;
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'number') return value ?? '';
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
