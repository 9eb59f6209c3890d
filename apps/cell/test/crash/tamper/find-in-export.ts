import { encodeUtf8, type LogPlace, loadTrust, parseCheckpoint, type Trust, verifyLog } from '@writ/proof';
import { openSeedSigner } from '../../../src/signer/seed-signer.ts';
import type { ExportCase } from './export-cases.ts';
import type { Found } from './find-in-store.ts';
import type { TamperScene } from './scene.ts';
import { OTHER_SEED } from './store-cases.ts';

/** Who looks: with whatever key came along, with the key of the log, or with a checkpoint of it besides. */
export const READERS = ['any key', 'the key', 'the key and a checkpoint'] as const;
export type ReaderKind = (typeof READERS)[number];

/** What a reader of an export finds; `unknown` completeness is not a finding, and is told apart. */
export async function findInExport(
  scene: TamperScene,
  one: ExportCase,
  reader: ReaderKind,
): Promise<Found | 'completeness unknown'> {
  const bytes = encodeUtf8(await one.make(scene));
  const held = parseCheckpoint(scene.note.slice(0, scene.note.indexOf('\n\n') + 1));
  const against = reader === 'the key and a checkpoint' ? [held] : [];
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const verdict = await verifyLog(open, trustOf(scene, reader), { against });
  switch (verdict.verdict) {
    case 'valid':
      return verdict.completeness === 'unknown' ? 'completeness unknown' : null;
    case 'invalid':
      return { code: verdict.code, ...rangeOf(verdict.place) };
    case 'undecidable':
      return { code: verdict.code, from: null, to: null };
    default:
      return verdict satisfies never;
  }
}

function rangeOf(place: LogPlace): { readonly from: number | null; readonly to: number | null } {
  switch (place.kind) {
    case 'file':
      return { from: null, to: null };
    case 'index':
      return { from: place.index, to: place.index + 1 };
    case 'range':
      return place;
    default:
      return place satisfies never;
  }
}

function trustOf({ settings }: TamperScene, reader: ReaderKind): Trust {
  const { origin, vkey } = settings;
  const other = openSeedSigner({ purpose: 'checkpoint', name: origin, seed: OTHER_SEED }).vkey;
  const keys = (reader === 'any key' ? [vkey, other] : [vkey]).map((one) => ({
    vkey: one,
    from_size: 0n,
    until_size: null,
    not_before_ms: null,
    not_after_ms: null,
  }));
  return loadTrust({ logs: [{ origin, keys, witnesses: null }] });
}
