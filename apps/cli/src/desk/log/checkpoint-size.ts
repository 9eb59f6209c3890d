import { parseCheckpoint } from '@writ/proof';

/** How many records a signed note is over; whoever gave it has verified it. */
export function sizeOf(note: string): number {
  return Number(parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)).size);
}
