import { EXPORT_CASES } from './export-cases.ts';
import { findInExport, READERS } from './find-in-export.ts';
import { findAtStart, findByScrub, type Found } from './find-in-store.ts';
import { makeScene, type TamperScene } from './scene.ts';
import { STORE_CASES } from './store-cases.ts';

/** One row of the table: what was done, and what each of those who look says. */
export type TableRow = readonly [done: string, ...found: string[]];

export type TamperTable = { readonly head: TableRow; readonly rows: readonly TableRow[] };

/** Tampers with one store and with its export in every way, and asks everyone. */
export async function tamperTables(): Promise<readonly [store: TamperTable, exported: TamperTable]> {
  const scene = await makeScene();
  try {
    return [await storeTable(scene), await exportTable(scene)];
  } finally {
    scene.destroy();
  }
}

async function storeTable(scene: TamperScene): Promise<TamperTable> {
  const rows: TableRow[] = [];
  for (const one of STORE_CASES) {
    const place = one.place(scene);
    const start = describeFound(await findAtStart(scene, one), place);
    rows.push([one.name, start, describeFound(await findByScrub(scene, one), place)]);
  }
  return { head: ['done to the store', 'the next start', 'the scrub of a running cell'], rows };
}

async function exportTable(scene: TamperScene): Promise<TamperTable> {
  const rows: TableRow[] = [];
  for (const one of EXPORT_CASES) {
    const cells: string[] = [];
    for (const reader of READERS) {
      const found = await findInExport(scene, one, reader);
      cells.push(typeof found === 'string' ? found : describeFound(found, one.place(scene)));
    }
    rows.push([one.name, ...cells]);
  }
  return { head: ['done to the export', ...READERS.map((reader) => `who has ${reader}`)], rows };
}

type Range = { readonly from: number; readonly to: number } | null;

/** Two rows of the scene at most: wider places name no batch. */
const BATCH_MAX = 26;

/** Numbers differ from run to run: what is told is whether the named place is the right one. */
function describeFound(found: Found, place: Range): string {
  if (found === null) return '–';
  const { code, from, to } = found;
  if (from === null) return `${code}, no place`;
  const span = (to ?? Number.POSITIVE_INFINITY) - from;
  const size = span === 1 ? 'record' : span <= BATCH_MAX ? 'batch' : 'range';
  const isRight = place !== null && from < place.to && (to ?? Number.POSITIVE_INFINITY) > place.from;
  return `${code}, ${size}${isRight ? '' : ' elsewhere'}`;
}

/** For people: as Markdown, columns aligned. */
export function printTable({ head, rows }: TamperTable): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
