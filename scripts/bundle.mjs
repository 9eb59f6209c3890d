// Bundles a module and everything it imports into one text that imports nothing.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The text of one ES module with a single export, `open<Name>(primitives)`: hashes and signatures are a port,
 * so the same bytes run on node:crypto in a cell and on the portable code in a bare context.
 * The same sources give the same bytes wherever the repository lies.
 */
export const bundleBehindPort = async (input, opener) => {
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'neutral',
    external: ['#primitives'],
    // no `node` condition: what a package keeps for Node must not get in
    resolve: { conditionNames: ['@writ/source', 'import', 'default'] },
    experimental: { attachDebugInfo: 'none' },
    // typebox makes one when it loads, for hashes that nothing here asks for; making one does nothing else
    treeshake: { manualPureFunctions: ['TextEncoder'] },
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(`bundling ${input}: ${log.message}`);
    },
  });
  try {
    const { output } = await bundle.generate({
      format: 'iife',
      name: 'bundled',
      exports: 'named',
      comments: false,
      globals: { '#primitives': 'primitives' },
    });
    return wrap(output, opener);
  } finally {
    await bundle.close();
  }
};

const HTML_CUTS = /<\/script|<script|<!--/i;

/**
 * The text of one classic script for a browser, on portable primitives. With a `global` it defines that one
 * name as what the module exports, and nothing else. It may stand within a page.
 */
export const bundleForBrowser = async (input, global) => {
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'neutral',
    resolve: { conditionNames: ['@writ/source', 'import', 'default'] },
    experimental: { attachDebugInfo: 'none' },
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(`bundling ${input}: ${log.message}`);
    },
  });
  try {
    const named = global === null ? {} : { name: global, exports: 'named' };
    const { output } = await bundle.generate({ format: 'iife', comments: false, ...named });
    const { code } = soleChunk(output);
    if (HTML_CUTS.test(code)) throw new Error('it cannot stand in a script element');
    return code;
  } finally {
    await bundle.close();
  }
};

const soleChunk = (output) => {
  const [chunk, ...more] = output;
  if (more.length > 0)
    throw new Error(`more than one file: ${more.map(({ fileName }) => fileName).join(', ')}`);
  const foreign = [...chunk.imports, ...chunk.dynamicImports].filter((name) => name !== '#primitives');
  if (foreign.length > 0) throw new Error(`it would import ${foreign.join(', ')}`);
  if (chunk.code.includes(root)) throw new Error('it names a place on this machine');
  return chunk;
};

const wrap = (output, opener) => {
  const chunk = soleChunk(output);
  if (chunk.exports.length === 0) return `export const ${opener} = () => ({});\n`;
  return `export const ${opener} = (primitives) => {\n${chunk.code}return bundled;\n};\n`;
};
