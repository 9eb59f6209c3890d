// A work tree as the commands of the day expect it: committed, with a few files that are not.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TRACKED = `
  .env.example .gitignore CHANGELOG.md Cargo.toml Makefile README.md assets/logo.png a.txt b.txt
  build.gradle data/users.csv docker-compose.yml docs/old.md docs/archive/keep.md files.txt fix.patch
  fixtures/base/one.json go.mod gradlew ids.txt internal/http/router.go logs/dev.log main.tf names.txt
  notes.txt notes/todo.md package-lock.json packages/core/index.ts pyproject.toml requirements.txt
  scripts/check-links.mjs scripts/check.sh scripts/generate_fixtures.py scripts/seed.ts src/a.ts
  src/app/main.py src/auth/session.ts src/b.ts src/components/button.tsx src/config/defaults.json
  src/constants.ts src/db/schema.ts src/example.txt src/index.ts src/legacy.ts src/lib/text.ts
  src/old.ts src/server/router.test.ts src/server/router.ts src/unused.ts src/utils/index.ts src/x.ts
  tests/test_api.py tsconfig.build.json tsconfig.json users.sql`
  .trim()
  .split(/\s+/);
/** Made by building; version control does not hold them. */
const IGNORED = `
  build/app.o coverage/index.html coverage/lcov.info dev.db dist.tgz dist.zip dist/index.js
  .nyc_output/one.json node_modules/.cache/a node_modules/vitest/index.js src/merge.orig`
  .trim()
  .split(/\s+/);
/** Programs that the lock file has installed. */
const INSTALLED = 'biome eslint jest playwright prettier tsc tsx turbo vitest'.split(' ');

const PACKAGE = {
  name: 'shop',
  version: '1.0.0',
  scripts: {
    build: 'tsc -p tsconfig.build.json',
    dev: 'vite',
    format: 'prettier --write .',
    lint: 'eslint src',
    test: 'vitest run',
    'test:unit': 'vitest run src',
    typecheck: 'tsc --noEmit',
  },
};

export const makeWorkspace = (directory) => {
  const root = join(directory, 'shop');
  const write = (name, text) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  for (const name of [...TRACKED, ...IGNORED]) write(name, `${name}\n`);
  for (const name of INSTALLED) write(`node_modules/.bin/${name}`, '#!/usr/bin/env node\n');
  write('.gitignore', 'build\ncoverage\ndev.db\ndist*\n.nyc_output\nnode_modules\n*.orig\n');
  write('package.json', `${JSON.stringify(PACKAGE, null, 2)}\n`);
  const git = (...words) =>
    execFileSync('git', words, {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: directory, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: 'pipe',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'somebody');
  git('config', 'user.email', 'somebody@example.com');
  git('remote', 'add', 'origin', 'https://github.com/example/shop.git');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'shop: begin');
  git('checkout', '--quiet', '-b', 'feature/billing');
  return root;
};
