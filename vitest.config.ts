import { defineConfig } from 'vitest/config';

const conditions = ['@writ/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'scripts/**/*.test.mjs'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By itself it leaves one core free: of two, that is half.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      // each package on its own: a well-tested one must not hide another
      thresholds: Object.fromEntries(
        ['proof', 'contract', 'policy', 'kernel', 'sdk'].map((name) => [
          `packages/${name}/src/**/*.ts`,
          { lines: 90 },
        ]),
      ),
    },
  },
});
