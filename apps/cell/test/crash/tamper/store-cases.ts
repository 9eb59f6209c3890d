import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSeedSigner } from '../../../src/signer/seed-signer.ts';
import { CHANGES, changeRecords, editText, swapped } from './change.ts';
import { signAnew } from './export-text.ts';
import { type Row, writeRows } from './rows.ts';
import { indexOf, type TamperScene } from './scene.ts';

/** Something that whoever may write to the store can do to it. */
export type StoreCase = {
  readonly name: string;
  /** Records that may be named for it: from, and up to but not with, to; null where no place is wrong. */
  readonly place: (scene: TamperScene) => { readonly from: number; readonly to: number } | null;
  apply(scene: TamperScene, directory: string): Promise<void> | void;
};

export const OTHER_SEED: Uint8Array = new Uint8Array(32).fill(7);

const inRecords =
  (change: (typeof CHANGES)[keyof typeof CHANGES]) =>
  (scene: TamperScene, directory: string): void => {
    const { rows, target } = scene;
    writeRows(
      directory,
      changeRecords(rows, target, (records) => change(records, target.at)),
    );
  };

const atTarget = ({ index }: TamperScene): { from: number; to: number } => ({ from: index, to: index + 1 });

const rowsFrom = (scene: TamperScene, first: number, count: number): { from: number; to: number } => ({
  from: indexOf(scene.rows, { row: first, at: 0 }),
  to: indexOf(scene.rows, { row: first + count, at: 0 }),
});

/** The note in a row vouches for the rows before it. */
const noteRow = ({ target }: TamperScene): number => target.row + 1;

const editNote =
  (edit: (note: string) => string) =>
  (scene: TamperScene, directory: string): void => {
    const row = noteRow(scene);
    writeRows(
      directory,
      scene.rows.map((one, nth) => (nth === row ? { ...one, note: edit(one.note) } : one)),
    );
  };

const tiles = (directory: string): string => join(directory, 'state', 'cell', 'tiles');

/** The byte is flipped in place, wherever in the file those bytes stand. */
function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

async function replaceLog(scene: TamperScene, directory: string): Promise<void> {
  const { rows, settings, target } = scene;
  const signer = openSeedSigner({ purpose: 'checkpoint', name: settings.origin, seed: OTHER_SEED });
  const changed = changeRecords(rows, target, (records) => CHANGES.edit(records, target.at));
  const notes = await signAnew(changed, settings.origin, signer);
  const withNotes = changed.map(
    (row, nth): Row => ({ ...row, note: nth === 0 ? '' : (notes[nth - 1] ?? '') }),
  );
  writeRows(directory, withNotes);
}

export const STORE_CASES: readonly StoreCase[] = [
  { name: 'nothing', place: () => null, apply: () => {} },
  { name: 'one byte of a head edited', place: atTarget, apply: inRecords(CHANGES.edit) },
  { name: 'one byte of a state part edited', place: atTarget, apply: inRecords(CHANGES.editState) },
  {
    name: 'one byte of the root in a note edited',
    place: (scene) => rowsFrom(scene, scene.target.row, 2),
    apply: editNote((note) => {
      const root = note.split('\n')[2] ?? '';
      return note.replace(root, editText(root, 3));
    }),
  },
  {
    name: 'one byte of the signature in a note edited',
    place: (scene) => rowsFrom(scene, scene.target.row, 2),
    apply: editNote((note) => editText(note, note.length - 20)),
  },
  {
    name: 'one byte of a sealed part edited',
    place: atTarget,
    apply(scene, directory) {
      const file = join(directory, 'state', 'cell', 'parts', '0000000001.parts');
      flip(file, frameOf(scene, readFileSync(file)) + 200);
    },
  },
  { name: 'a record removed', place: atTarget, apply: inRecords(CHANGES.remove) },
  { name: 'a record inserted', place: atTarget, apply: inRecords(CHANGES.insert) },
  { name: 'two records reordered', place: atTarget, apply: inRecords(CHANGES.reorder) },
  {
    name: 'a record duplicated',
    place: ({ index }) => ({ from: index + 1, to: index + 2 }),
    apply: inRecords(CHANGES.duplicate),
  },
  {
    name: 'two batches swapped',
    place: (scene) => rowsFrom(scene, scene.target.row, 2),
    apply: ({ rows, target }, directory) => writeRows(directory, swapped(rows, target.row)),
  },
  {
    name: 'the last batches cut off',
    place: (scene) => ({ from: indexOf(scene.rows, scene.target), to: Number.POSITIVE_INFINITY }),
    apply: ({ rows, target }, directory) => writeRows(directory, rows.slice(0, target.row)),
  },
  {
    name: 'the whole store rolled back',
    place: () => ({ from: 0, to: Number.POSITIVE_INFINITY }),
    apply({ older }, directory) {
      rmSync(join(directory, 'state'), { recursive: true });
      execFileSync('cp', ['-a', join(older, 'state'), join(directory, 'state')]);
    },
  },
  {
    name: 'the whole log computed anew and signed with another key',
    place: (scene) => ({ from: 0, to: scene.index + 1 }),
    apply: replaceLog,
  },
  {
    name: 'the anchor deleted',
    place: () => ({ from: 0, to: Number.POSITIVE_INFINITY }),
    apply: (_, directory) => rmSync(join(directory, 'config', 'keys', 'anchor')),
  },
  {
    name: 'the tiles deleted',
    place: () => null,
    apply: (_, directory) => rmSync(tiles(directory), { recursive: true }),
  },
  {
    name: 'one byte of the tiles edited',
    place: atTarget,
    apply: ({ index }, directory) => flip(join(tiles(directory), 'level-0'), index * 32),
  },
];

/** Where the frame of the target begins, found by the commitment that stands at byte 32 of it. */
function frameOf({ rows, target }: TamperScene, bytes: Buffer): number {
  const head = rows[target.row]?.records[target.at]?.head ?? '';
  const [, commitment = ''] = /"sealed":"([A-Za-z0-9_-]{43})"/.exec(head) ?? [];
  const found = bytes.indexOf(Buffer.from(commitment, 'base64url'));
  if (found < 0) throw new Error('the target has no sealed part');
  return found - 32;
}
