import { decodeUtf8, encodeBase64, parseCheckpoint } from '@writ/proof';
import { SignerFailure } from '../../src/signer/failure.ts';
import type { Signer } from '../../src/signer/signer.ts';
import { ORIGIN, SIGNER } from './cast.ts';
import type { Disk } from './disk.ts';
import type { Faults } from './faults.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import type { Checks } from './violation.ts';

/**
 * The checkpoint key. It is asked to sign only what is durable, with the root that the durable log has: two
 * roots of one size under one origin would be a fork, and no later step could take the signature back.
 */
export function simulatedSigner(
  world: {
    readonly disk: Disk;
    readonly scheduler: Scheduler;
    readonly faults: Faults;
    readonly checks: Checks;
  },
  owner: Owner,
  onFailed: () => void,
): Signer {
  const { disk, scheduler, faults, checks } = world;
  return {
    vkey: SIGNER.vkey,
    purpose: SIGNER.purpose,
    async sign(message) {
      const copy = Uint8Array.from(message);
      const { origin, size, root } = parseCheckpoint(decodeUtf8(copy));
      const durable = size <= BigInt(disk.log.records.length);
      checks.check('nothing is signed before it is durable', durable, () => `size ${size}`);
      const known = disk.log.rootAt(Number(size));
      checks.check('one root for one size', known === encodeBase64(root), () => `size ${size}`);
      checks.check('one origin', origin === ORIGIN, () => origin);
      await scheduler.wait(owner, `sign ${size}`);
      if (faults.signerDown) {
        faults.count('signer', 'unavailable');
        onFailed();
        throw new SignerFailure('SIGNER_UNAVAILABLE', 'planned: the signer does not answer');
      }
      return SIGNER.sign(copy);
    },
  };
}
