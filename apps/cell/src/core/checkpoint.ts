import { encodeUtf8, noteSignatureLine, parseVerifierKey, printCheckpoint, printNote } from '@writ/proof';
import type { Signer } from '../signer/signer.ts';

/** Signs the head of the log after a batch is durable. The same size and root always give the same bytes. */
export async function signCheckpoint(signer: Signer, head: CheckpointHead): Promise<string> {
  const text = printCheckpoint({ origin: head.origin, size: BigInt(head.size), root: head.root });
  const signature = await signer.sign(encodeUtf8(text));
  const { name, keyId } = keyNames(signer.vkey);
  return printNote(text, [noteSignatureLine(name, keyId, signature)]);
}

export type CheckpointHead = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

const parsed = new Map<string, { readonly name: string; readonly keyId: string }>();

/** A key is parsed once: this runs for every batch. */
function keyNames(vkey: string): { readonly name: string; readonly keyId: string } {
  const known = parsed.get(vkey);
  if (known !== undefined) return known;
  const { name, keyId } = parseVerifierKey(vkey);
  parsed.set(vkey, { name, keyId });
  return { name, keyId };
}
