import type { Cell } from '@writ/cell';
import { encodeUtf8, noteSignatureLine, parseVerifierKey, printCheckpoint, printNote } from '@writ/proof';

/** The checkpoint of an earlier size: the cell's key gives the same bytes as it did then. */
export async function signCheckpointOf({ ports }: Cell, size: number, root: Uint8Array): Promise<string> {
  const text = printCheckpoint({ origin: ports.origin, size: BigInt(size), root });
  const { name, keyId } = parseVerifierKey(ports.signer.vkey);
  return printNote(text, [noteSignatureLine(name, keyId, await ports.signer.sign(encodeUtf8(text)))]);
}
