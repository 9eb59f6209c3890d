import { openSeedSigner } from '../../../src/signer/seed-signer.ts';
import { readPrivateSigner } from './signers.ts';
import { CHANGES, changeRecords, editText, swapped } from './change.ts';
import { exportText, signAnew, withRoots } from './export-text.ts';
import type { Row } from './rows.ts';
import type { TamperScene } from './scene.ts';
import { OTHER_SEED } from './store-cases.ts';

/** Something that whoever hands on an exported log can do to it. */
export type ExportCase = {
  readonly name: string;
  readonly place: (scene: TamperScene) => { readonly from: number; readonly to: number } | null;
  make(scene: TamperScene): Promise<string> | string;
};

type Change = (typeof CHANGES)[keyof typeof CHANGES];

const whole = (scene: TamperScene): string => textOf(scene, scene.rows);

const textOf = (
  scene: TamperScene,
  rows: readonly Row[],
  notes: readonly string[] = notesOf(scene),
): string =>
  exportText(rows, {
    origin: scene.settings.origin,
    notes,
    disclosed: new Map([[scene.index, scene.sealed]]),
  });

const notesOf = ({ note, rows }: TamperScene): readonly string[] =>
  rows.map((_, nth) => rows[nth + 1]?.note ?? note);

const changed = (scene: TamperScene, change: Change): readonly Row[] =>
  changeRecords(scene.rows, scene.target, (records) => change(records, scene.target.at));

const lineOf = (scene: TamperScene, kind: string, lines: readonly string[]): number => {
  const record = lines.findIndex((line) => line.startsWith(`${scene.index} {`));
  return kind === 'head'
    ? record
    : lines.findIndex((line, nth) => nth > record && line.startsWith(`${kind} `));
};

/** Changes lines of the honest export, and nothing else. */
const inLines =
  (change: (lines: string[], scene: TamperScene) => void) =>
  (scene: TamperScene): string => {
    const lines = whole(scene).split('\n');
    change(lines, scene);
    return lines.join('\n');
  };

/** Numbers, listed hashes and `batch` lines follow the change; only the signature cannot. */
const computedAnew =
  (change: Change) =>
  (scene: TamperScene): string => {
    const rows = changed(scene, change);
    // Nothing is disclosed: its index would tell.
    const notes = withRoots(rows, notesOf(scene));
    return exportText(rows, { origin: scene.settings.origin, notes });
  };

const atTarget = ({ index }: TamperScene): { from: number; to: number } => ({ from: index, to: index + 1 });
const inBatch = ({ index, rows, target }: TamperScene): { from: number; to: number } => {
  const from = index - target.at;
  return { from, to: from + (rows[target.row]?.records.length ?? 0) + 1 };
};
const anywhere = (): { from: number; to: number } => ({ from: 0, to: Number.POSITIVE_INFINITY });

function editLine(
  kind: 'head' | 'state' | 'sealed',
  at: (line: string) => number,
): (scene: TamperScene) => string {
  return inLines((lines, scene) => {
    const nth = lineOf(scene, kind, lines);
    const line = lines[nth] ?? '';
    lines[nth] = editText(line, at(line));
  });
}

async function signedBy(scene: TamperScene, whose: 'another key' | 'the key'): Promise<string> {
  const { origin } = scene.settings;
  const signer =
    whose === 'the key'
      ? await readPrivateSigner(scene)
      : openSeedSigner({ purpose: 'checkpoint', name: origin, seed: OTHER_SEED });
  const rows = changed(scene, CHANGES.edit);
  return textOf(scene, rows, await signAnew(rows, origin, signer));
}

export const EXPORT_CASES: readonly ExportCase[] = [
  { name: 'nothing', place: () => null, make: whole },
  {
    name: 'one byte of a head edited',
    place: atTarget,
    make: editLine('head', (line) => line.indexOf('"salt":"') + '"salt":"'.length),
  },
  {
    name: 'one byte of a state part edited',
    place: atTarget,
    make: editLine('state', (line) => line.length - 20),
  },
  {
    name: 'one byte of a sealed part edited',
    place: atTarget,
    make: editLine('sealed', (line) => line.length - 20),
  },
  {
    name: 'one byte of the newest note edited',
    place: anywhere,
    make: (scene) => {
      const notes = [...notesOf(scene)];
      const newest = notes.pop() ?? '';
      return textOf(scene, scene.rows, [...notes, editText(newest, newest.length - 20)]);
    },
  },
  {
    name: 'a record removed',
    place: atTarget,
    make: inLines((lines, scene) => {
      const nth = lineOf(scene, 'head', lines);
      lines.splice(nth, lines.findIndex((line, at) => at > nth && /^\d/.test(line)) - nth);
    }),
  },
  {
    name: 'a record inserted',
    place: atTarget,
    make: inLines((lines, scene) => {
      const nth = lineOf(scene, 'head', lines);
      const line = lines[nth] ?? '';
      lines.splice(nth, 0, editText(line, line.indexOf('"salt":"') + '"salt":"'.length));
    }),
  },
  {
    name: 'two records reordered',
    place: atTarget,
    make: (scene) => listedAs(scene, textOf(scene, changed(scene, CHANGES.reorder))),
  },
  {
    name: 'a record duplicated',
    place: ({ index }) => ({ from: index, to: index + 2 }),
    make: inLines((lines, scene) => {
      const nth = lineOf(scene, 'head', lines);
      lines.splice(nth, 0, lines[nth] ?? '');
    }),
  },
  {
    name: 'two batches swapped',
    place: inBatch,
    make: (scene) => {
      const { row } = scene.target;
      return textOf(scene, swapped(scene.rows, row), swapped(notesOf(scene), row));
    },
  },
  {
    name: 'a record edited, and all hashes computed anew',
    place: inBatch,
    make: computedAnew(CHANGES.edit),
  },
  {
    name: 'a record removed, and all hashes computed anew',
    place: inBatch,
    make: computedAnew(CHANGES.remove),
  },
  { name: 'the end cut off', place: anywhere, make: (scene) => whole(scene).slice(0, -2_000) },
  {
    name: 'the end cut off at a checkpoint, as if it were the end',
    place: anywhere,
    make: (scene) => textOf(scene, scene.rows.slice(0, scene.target.row + 1)),
  },
  {
    name: 'a record edited, and the whole log signed with another key',
    place: anywhere,
    make: (scene) => signedBy(scene, 'another key'),
  },
  {
    name: 'a record edited, and the whole log signed anew by the holder of its key',
    place: anywhere,
    make: (scene) => signedBy(scene, 'the key'),
  },
];

/** The hashes as the honest export lists them: only the lines were moved. */
function listedAs(scene: TamperScene, text: string): string {
  const honest = whole(scene)
    .split('\n')
    .filter((line) => line.startsWith('batch '));
  let nth = 0;
  return text
    .split('\n')
    .map((line) => (line.startsWith('batch ') ? (honest[nth++] ?? '') : line))
    .join('\n');
}
