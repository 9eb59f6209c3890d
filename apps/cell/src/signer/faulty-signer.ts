import { SignerFailure } from './failure.ts';
import type { Signer } from './signer.ts';

/** What one call meets: served, refused, answered with a wrong signature, or never answered. */
export type SignerFault = 'none' | 'unavailable' | 'wrong' | 'silent';

/** A signer that fails as `plan` says for the n-th call, from 0. For simulators and tests. */
export function faultySigner(inner: Signer, plan: (call: number) => SignerFault): Signer {
  let calls = 0;
  return {
    vkey: inner.vkey,
    purpose: inner.purpose,
    async sign(message) {
      const fault = plan(calls);
      calls += 1;
      switch (fault) {
        case 'none':
          return await inner.sign(message);
        case 'unavailable':
          throw new SignerFailure('SIGNER_UNAVAILABLE', 'the signer does not answer');
        case 'wrong':
          return flipFirstBit(await inner.sign(message));
        case 'silent':
          return await new Promise<Uint8Array>(() => {});
      }
    },
  };
}

function flipFirstBit(signature: Uint8Array): Uint8Array {
  const wrong = Uint8Array.from(signature);
  wrong[0] = (wrong[0] ?? 0) ^ 1;
  return wrong;
}
