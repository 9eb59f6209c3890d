// Every package runs in a JavaScript without clock, chance, locale and machine, on portable primitives, and
// gives the same answers there as in processes of other locales and zones on Node's own. What runs is
// packages/NAME/test/purity/probe.ts: a pure function `probe(vectors)` from the texts of vectors/** to a
// value; it must throw when a vector fails.
import { spawnSync } from 'node:child_process';
import { stripTypeScriptTypes } from 'node:module';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as nodePrimitives from '../../packages/proof/src/primitives/node.ts';
import { bundleBehindPort, bundleForBrowser, root } from '../bundle.mjs';
import { openBareContext } from './bare-context.mjs';

const PORTABLE = 'packages/proof/src/primitives/portable.ts';
const NATIVE = 'packages/proof/src/primitives/node.ts';
const RUN = join(root, 'scripts/purity/run-probe.mjs');
const ENGINE = 'packages/kernel/src/engine.ts';

const vectors = Object.fromEntries(
  globSync('vectors/**/*.{json,txt,yaml}', { cwd: root })
    .sort()
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]),
);

const bare = async () => {
  const context = openBareContext();
  context.open('primitives', await bundleBehindPort(PORTABLE, 'openPrimitives'));
  return context;
};

const outside = async (bundle) => {
  const { openBundle } = await import(
    `data:text/javascript;base64,${Buffer.from(bundle).toString('base64')}`
  );
  return openBundle(nodePrimitives);
};

describe('the bare context', () => {
  const banned =
    `Date.now() | new Date() | Math.random() | Math.sin(1) | new Intl.Collator() | "a".normalize()
    | "a".localeCompare("b") | (1).toLocaleString() | "Ä".toLowerCase() | "ß".toUpperCase() | process.pid
    | fetch("x") | require("fs") | setTimeout(() => {}, 0) | performance.now() | Buffer.from("")
    | eval("1") | new Function("return 1")()`
      .split('|')
      .map((expression) => expression.trim());
  it.each(banned)('refuses %s', async (expression) => {
    const context = openBareContext();
    expect(() => context.ask(`String(${expression})`)).toThrow(
      /not defined|not a function|Code generation|not a constructor/,
    );
  });

  it('still is the language', () => {
    const asked = 'JSON.stringify([..."aZ"].map((x) => x.toUpperCase() + x.toLowerCase() + Math.floor(1.5)))';
    expect(openBareContext().ask(asked)).toBe('["Aa1","Zz1"]');
  });
});

describe('a package in the bare context', () => {
  const packages = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'src')),
  );

  it.each(packages)('%s loads from its front door', async (name) => {
    const context = await bare();
    const bundle = await bundleBehindPort(`packages/${name}/src/index.ts`, 'openBundle');
    context.open('bundle', bundle);
    const inside = JSON.parse(context.ask('JSON.stringify(Object.keys(bundle))'));
    expect(inside.sort()).toEqual(Object.keys(await outside(bundle)).sort());
  });
});

/** Processes that differ in all that a pure function must not see: zone, locale, and how V8 runs the code. */
const PROCESSES = [
  { flags: [], env: { TZ: 'UTC', LC_ALL: 'C' } },
  { flags: [], env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' } },
  { flags: ['--jitless'], env: { TZ: 'America/St_Johns', LC_ALL: 'ar_EG.UTF-8' } },
];

describe('a probe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-purity-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const vectorFile = join(folder, 'vectors.json');
  writeFileSync(vectorFile, JSON.stringify(vectors));
  // stripped here: V8 without its compilers cannot do it
  const primitivesFile = join(folder, 'primitives.mjs');
  writeFileSync(primitivesFile, stripTypeScriptTypes(readFileSync(join(root, NATIVE), 'utf8')));

  const probes = globSync('packages/*/test/purity/probe.ts', { cwd: root }).sort();
  it.each(probes)(
    '%s gives the same answers bare, portable, and in other processes',
    async (path) => {
      const bundle = await bundleBehindPort(path, 'openBundle');
      const context = await bare();
      context.open('bundle', bundle);
      const input = JSON.stringify(JSON.stringify(vectors));
      const inside = context.ask(`JSON.stringify(bundle.probe(JSON.parse(${input})))`);
      expect(inside.length).toBeGreaterThan(2);
      const bundleFile = join(folder, 'bundle.mjs');
      writeFileSync(bundleFile, bundle);
      for (const { flags, env } of PROCESSES) {
        const done = spawnSync(process.execPath, [...flags, RUN, bundleFile, primitivesFile, vectorFile], {
          env: { ...process.env, ...env, NODE_OPTIONS: '' },
          encoding: 'utf8',
          maxBuffer: 1 << 28,
        });
        if (done.status !== 0) throw new Error(done.stderr);
        // compared before it is shown: the answers are long
        if (done.stdout !== inside) throw new Error(`other answers under ${JSON.stringify({ flags, env })}`);
      }
    },
    300_000,
  );
});

describe('the engine', () => {
  it.runIf(existsSync(join(root, ENGINE)))(
    'is the same bytes when built again, and loads in the bare context',
    async () => {
      const engine = await bundleBehindPort(ENGINE, 'openBundle');
      expect(await bundleBehindPort(ENGINE, 'openBundle')).toBe(engine);
      const context = await bare();
      context.open('engine', engine);
      expect(JSON.parse(context.ask('JSON.stringify(Object.keys(engine))')).length).toBeGreaterThan(0);
    },
  );
});

describe('the verifier of pages', () => {
  const ENTRY = 'packages/page/src/verifier.ts';
  it('is the same bytes when built again, and needs nothing of a browser', async () => {
    const verifier = await bundleForBrowser(ENTRY, 'writVerifier');
    expect(await bundleForBrowser(ENTRY, 'writVerifier')).toBe(verifier);
    const context = openBareContext();
    const asked = `{ checks: writVerifier.checkPage('{}', { trust: null, args: null }).checks.length }`;
    const [names, answer] = JSON.parse(
      context.ask(`${verifier}; JSON.stringify([Object.keys(globalThis), ${asked}])`),
    );
    expect(names).toEqual(['writVerifier']);
    expect(answer).toEqual({ checks: 8 });
  });
});
