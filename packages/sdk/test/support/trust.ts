import { loadTrust, printVerifierKey, type Trust } from '@writ/proof';
import type { Signer } from './tree.ts';

/** Each signer for the log of its name, for all sizes and times. */
export const trustOf = (...signers: readonly Signer[]): Trust =>
  loadTrust({
    logs: signers.map(({ key }) => ({
      origin: key.name,
      keys: [
        {
          vkey: printVerifierKey(key),
          from_size: 0n,
          until_size: null,
          not_before_ms: null,
          not_after_ms: null,
        },
      ],
      witnesses: null,
    })),
  });
