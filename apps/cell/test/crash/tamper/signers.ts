import { join } from 'node:path';
import { openFileSigner } from '../../../src/signer/file-signer.ts';
import type { Signer } from '../../../src/signer/signer.ts';
import type { TamperScene } from './scene.ts';

/** The checkpoint key of the log itself: what a keeper who lies has. */
export function readPrivateSigner({ directory, settings }: TamperScene): Promise<Signer> {
  const path = join(directory, 'config', 'keys', 'checkpoint.key');
  return openFileSigner(path, { purpose: 'checkpoint', vkey: settings.vkey });
}
