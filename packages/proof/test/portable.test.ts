import { expect, it, vi } from 'vitest';
import * as imported from '#primitives';
import * as portable from '../src/primitives/portable.ts';

// Everything again on the portable primitives, as a browser runs it.
vi.mock('#primitives', () => import('../src/primitives/portable.ts'));

it('#primitives are the portable ones when this file runs', () => {
  expect(imported.sha256Into).toBe(portable.sha256Into);
});

await import('./bytes/bytes.test.ts');
await import('./checkpoint/checkpoint.test.ts');
await import('./digest/digest.test.ts');
await import('./ed25519/ed25519.test.ts');
await import('./json/parse.test.ts');
await import('./json/print.test.ts');
await import('./note/note.test.ts');
await import('./primitives/primitives.test.ts');
await import('./tlog-proof/tlog-proof.test.ts');
await import('./tree/prove.test.ts');
await import('./tree/verify.test.ts');
