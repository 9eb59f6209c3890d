import { expect, it, vi } from 'vitest';
import * as imported from '#primitives';
import * as portable from '../src/primitives/portable.ts';

// The verdicts again on the portable primitives, as a browser gives them.
vi.mock('#primitives', () => import('../src/primitives/portable.ts'));

it('#primitives are the portable ones when this file runs', () => {
  expect(imported.sha256Into).toBe(portable.sha256Into);
});

await import('./log/tamper.test.ts');
await import('./receipt/order.test.ts');
await import('./receipt/vectors.test.ts');
await import('./record/record.test.ts');
await import('./trust/checkpoint.test.ts');
await import('./trust/trust.test.ts');
