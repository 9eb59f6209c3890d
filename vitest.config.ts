import { defineConfig } from 'vitest/config';

const source = { resolve: { conditions: ['@writ/source', 'node'] }, ssr: { resolve: { conditions: ['@writ/source', 'node'] } } };

export default defineConfig({
  ...source,
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
