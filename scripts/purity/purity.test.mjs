// Every package runs in a JavaScript without clock, chance, locale and machine, on portable primitives, and
// gives the same answers there as outside on Node's own. What runs is packages/NAME/test/purity/probe.ts: a
// pure function `probe(vectors)` from the texts of vectors/** to a value; it must throw when a vector
// fails.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as nodePrimitives from '../../packages/proof/src/primitives/node.ts';
import { bundleBehindPort, root } from '../bundle.mjs';
import { openBareContext } from './bare-context.mjs';

const PORTABLE = 'packages/proof/src/primitives/portable.ts';
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
    | "a".localeCompare("b") | (1).toLocaleString() | "A".toLowerCase() | process.pid | fetch("x")
    | require("fs") | setTimeout(() => {}, 0) | performance.now() | Buffer.from("")
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
    expect(openBareContext().ask('JSON.stringify([..."ab"].map((x) => x + Math.floor(1.5)))')).toBe(
      '["a1","b1"]',
    );
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

  const probes = globSync('packages/*/test/purity/probe.ts', { cwd: root }).sort();
  it.each(probes)('%s answers as outside', { timeout: 300_000 }, async (path) => {
    const bundle = await bundleBehindPort(path, 'openBundle');
    const context = await bare();
    context.open('bundle', bundle);
    const input = JSON.stringify(JSON.stringify(vectors));
    const inside = context.ask(`JSON.stringify(bundle.probe(JSON.parse(${input})))`);
    expect(inside.length).toBeGreaterThan(2);
    const { probe } = await outside(bundle);
    expect(inside).toBe(JSON.stringify(probe(vectors)));
  });
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
