import { printReceipt } from '@writ/proof';
import { replaceFile } from '../files/replace-file.ts';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { type Line, plain } from '../terminal/line.ts';
import type { Proven } from './shown.ts';

/** The record stands whether or not its file can be written: `again` says how to get the file after all. */
export async function writeResult(path: string, text: string, again: string): Promise<void> {
  try {
    await replaceFile(path, text);
  } catch {
    const detail = `it is recorded, but ${quoteText(path)} cannot be written: ${again}`;
    throw new CliFailure('OUTPUT_UNWRITABLE', detail);
  }
}

export async function writeReceipt(
  path: string,
  { head, proof }: Proven,
  again: string,
): Promise<readonly Line[]> {
  await writeResult(path, printReceipt({ head, proof }), again);
  return [plain(`  the spend receipt is in ${path}`)];
}
