import { readFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Board } from '../board.ts';
import type { CellProcess } from '../cell/cell-process.ts';

const NAME = 'tamper';

export type Tampering = {
  readonly board: Board;
  readonly cell: CellProcess;
  /** The journal of the cell, on disk. */
  readonly journal: string;
  /** A record to damage: its index and the exact text of its head. */
  record(): Promise<Damaged>;
};

/** `batch_from` is the first record that was made durable together with it. */
export type Damaged = { readonly index: number; readonly head: string; readonly batch_from: number };

/**
 * One byte of the journal, on disk and for real: the cell is stopped, the byte is another, the cell says
 * which record is bad and does not start; the byte is put back, and it starts.
 */
export async function showTamper({ board, cell, journal, record }: Tampering): Promise<boolean> {
  const { batch_from, index, head } = await record();
  await cell.stop();
  board.tell(NAME, { tone: 'plain', text: 'the cell is stopped, so that its file is still' });
  // A start reads what comes after a snapshot, and the scrub finds the rest later: here all is to be read.
  await rm(join(dirname(journal), 'snapshots'), { recursive: true, force: true });
  const at = placeOf(readFileSync(journal), head);
  if (at === null) {
    board.tell(NAME, { tone: 'bad', text: `record ${index} is not where it was written` });
    await cell.start();
    return false;
  }
  const before = await exchangeByte(journal, at, (byte) => (byte === 0x41 ? 0x42 : 0x41));
  let isNamed = false;
  try {
    board.tell(NAME, {
      tone: 'plain',
      text: `byte ${at} of journal.sqlite, within record ${index}, is changed`,
    });
    const started = await cell.start();
    isNamed = started.kind === 'failed' && (started.index === index || started.index === batch_from);
    const said = started.kind === 'failed' ? `${started.code}: ${started.detail}` : 'it serves';
    const whole = batch_from === index ? '' : ` (in the batch that began with record ${batch_from})`;
    const text = `the cell does not start. Of record ${index}${whole} it says ${said}`;
    board.tell(NAME, { tone: isNamed ? 'good' : 'bad', text });
  } finally {
    await cell.stop();
    await exchangeByte(journal, at, () => before);
  }
  board.tell(NAME, { tone: 'plain', text: 'the byte is put back' });
  const again = await cell.start();
  const serves = again.kind === 'serving';
  const text = serves
    ? `the cell serves again, all ${again.size} records`
    : `it does not start: ${again.code}`;
  board.tell(NAME, { tone: serves ? 'good' : 'bad', text });
  return isNamed && serves;
}

/** Within the salt of the head, in halves: a page of the file may end within one of them. */
function placeOf(bytes: Buffer, head: string): number | null {
  const salt = /"salt":"([^"]+)"/.exec(head)?.[1] ?? '';
  const halves = [salt.slice(0, salt.length / 2), salt.slice(salt.length / 2)];
  const places = halves.filter((half) => half !== '').map((half) => bytes.indexOf(half));
  return places.find((place) => place >= 0) ?? null;
}

/** Another byte in that place, durable; answers the one before. */
async function exchangeByte(file: string, at: number, other: (byte: number) => number): Promise<number> {
  const handle = await open(file, 'r+');
  try {
    const one = Buffer.alloc(1);
    await handle.read(one, 0, 1, at);
    const before = one[0] ?? 0;
    await handle.write(Buffer.from([other(before)]), 0, 1, at);
    await handle.sync();
    return before;
  } finally {
    await handle.close();
  }
}
