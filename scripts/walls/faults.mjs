// Planted faults: [where, rule that must fire, text]. One fault a file, so that a rule which stops firing is
// seen.

const pure = (rule, text) => ['packages/kernel/src/planted.ts', rule, text];

const imports = [
  ['packages/proof/src', '@writ/contract'],
  ['packages/proof/src', '@noble/hashes/sha2.js'],
  ['packages/proof/src', 'node:crypto'],
  ['packages/proof/src/primitives', '@writ/kernel'],
  ['packages/understand/src', '@writ/policy'],
  ['packages/understand/src', 'node:fs'],
  ['packages/contract/src', '@writ/kernel'],
  ['packages/contract/src', '@writ/understand'],
  ['packages/contract/src', 'fastify'],
  ['packages/policy/src', '@writ/kernel'],
  ['packages/policy/src', '@writ/contract'],
  ['packages/kernel/src', '@writ/cell'],
  ['packages/kernel/src', 'node:fs'],
  ['packages/kernel/src', 'yaml'],
  ['packages/kernel/src', '#primitives'],
  ['packages/kernel/src/gates', '../../../policy/src/decide.ts'],
  ['packages/sdk/src', '@writ/kernel'],
  ['packages/sdk/src', 'node:http'],
  ['packages/sdk/src', 'typebox'],
  ['packages/page/src', '@writ/contract'],
  ['packages/page/src', 'node:fs'],
  ['packages/page/src/browser', '@writ/proof'],
  ['packages/page/src/browser', '../verifier.ts'],
  ['apps/cell/src', '@writ/cli'],
  ['apps/cell/src/journal', '../../../../packages/kernel/src/fold.ts'],
  ['apps/cli/src', '@writ/cell'],
  ['apps/cli/src', '@writ/kernel'],
  ['apps/cli/src/commands', '@writ/policy'],
  ['apps/cli/src/local', '@writ/kernel'],
  ['apps/cli/src/local/stage/browser', '@writ/proof'],
  ['apps/cli/src/local/stage/browser', '../board.ts'],
  ['apps/cli/src/lexecon', '@writ/cell'],
  ['apps/cli/src/lexecon', '@writ/kernel'],
];

/** Each wall as an import, a re-export, and a dynamic import. */
const walls = imports.flatMap(([folder, name]) => [
  [
    `${folder}/planted.ts`,
    'eslint(no-restricted-imports)',
    `import { one } from '${name}';\nexport const two: unknown = one;\n`,
  ],
  [`${folder}/planted.ts`, 'eslint(no-restricted-imports)', `export { one } from '${name}';\n`],
  [
    `${folder}/planted.ts`,
    'eslint(no-restricted-imports)',
    `export const two: unknown = import('${name}');\n`,
  ],
]);

const globals =
  `Date performance Intl process Buffer crypto console setTimeout setInterval setImmediate queueMicrotask
  fetch WebSocket globalThis eval Function Atomics SharedArrayBuffer WeakRef FinalizationRegistry WebAssembly
  RegExp require`.split(/\s+/);

const properties = `Math.random Math.sin Math.pow Math.exp Math.log Math.sqrt Math.hypot ''.localeCompare
  ''.toLocaleLowerCase ''.toLocaleUpperCase ''.toLocaleString ''.normalize ''.toLowerCase ''.toUpperCase
  Error.captureStackTrace`.split(/\s+/);

export const LINT_FAULTS = [
  ...walls,
  ...globals.map((name) => pure('eslint(no-restricted-globals)', `export const found: unknown = ${name};\n`)),
  ...properties.map((name) =>
    pure('eslint(no-restricted-properties)', `export const found: unknown = ${name};\n`),
  ),
  pure('eslint(no-restricted-properties)', "export const found: unknown = Math['random']();\n"),
  pure(
    'eslint(no-restricted-properties)',
    'const { random } = Math;\nexport const found: unknown = random;\n',
  ),
  ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((name) => [
    'packages/page/src/browser/planted.ts',
    'eslint(no-restricted-properties)',
    `export const found = (one: Record<string, unknown>): unknown => one.${name};\n`,
  ]),
  pure('import(no-default-export)', 'export default 1;\n'),
  pure('typescript(no-explicit-any)', 'export const found: any = 1;\n'),
  pure(
    'typescript(no-non-null-assertion)',
    'export const first = (list: readonly number[]): number => list[0]!;\n',
  ),
  pure('eslint(eqeqeq)', 'export const same = (one: number, two: number): boolean => one == two;\n'),
  pure(
    'typescript(no-floating-promises)',
    'const later = async (): Promise<number> => 1;\nexport const start = (): void => {\n  later();\n};\n',
  ),
  pure(
    'typescript(switch-exhaustiveness-check)',
    "export const f = (kind: 'a' | 'b'): void => {\n  switch (kind) {\n    case 'a':\n  }\n};\n",
  ),
  [
    'packages/kernel/test/planted.test.ts',
    'vitest(no-focused-tests)',
    "import { it } from 'vitest';\nit.only('x', () => {});\n",
  ],
  [
    'packages/kernel/test/planted.test.ts',
    'vitest(no-disabled-tests)',
    "import { it } from 'vitest';\nit.skip('x', () => {});\n",
  ],
];

/** What the walls must let through, or they would be no walls but a lid. */
export const LINT_FINE = [
  [
    'packages/proof/src/fine.ts',
    "import { hash } from '#primitives';\nexport const found: unknown = hash;\n",
  ],
  [
    'packages/proof/src/json/fine.ts',
    "import { one } from '../bytes/one.ts';\nexport const found: unknown = one;\n",
  ],
  [
    'packages/proof/src/primitives/portable.ts',
    "import { one } from '@noble/hashes/sha2.js';\nexport const found: unknown = one;\n",
  ],
  [
    'packages/proof/src/primitives/node.ts',
    "import { one } from 'node:crypto';\nexport const found: unknown = one;\n",
  ],
  [
    'packages/understand/src/fine.ts',
    "import { one } from '@writ/contract';\nexport const found: unknown = one;\n",
  ],
  ['packages/policy/src/fine.ts', "import { one } from '@writ/proof';\nexport const found: unknown = one;\n"],
  [
    'packages/kernel/src/fine.ts',
    "import { one } from '@writ/policy';\nexport const found: unknown = [one, Math.floor(1.5)];\n",
  ],
  [
    'packages/sdk/src/fine.ts',
    "import { one } from '@writ/contract/api';\nexport const found: unknown = one;\n",
  ],
  [
    'apps/cell/src/fine.ts',
    "import { one } from '@writ/kernel';\nexport const found: unknown = [one, Date.now()];\n",
  ],
  ['apps/cli/src/local/fine.ts', "import { one } from '@writ/cell';\nexport const found: unknown = one;\n"],
];

const source = 'packages/kernel/src/planted.ts';
const lines = (count) =>
  Array.from({ length: count }, (_, index) => `export const name${index} = ${index};\n`).join('');
const body = (count) => `export const long = (): void => {\n${'  name();\n'.repeat(count)}};\n`;

export const TIDY_FAULTS = [
  [source, 'file-size', lines(501)],
  [source, 'function-size', body(70)],
  [source, 'line-length', `// ${'x'.repeat(120)}\n`],
  [source, 'final-newline', 'export const one = 1;'],
  [source, 'line-ends', 'export const one = 1;\r\n'],
  [source, 'conflict', `${'<'.repeat(7)} HEAD\n`],
  [source, 'barrel', "export { one } from './one.ts';\n"],
  [source, 'barrel', "export type {\n  One,\n} from './one.ts';\n"],
  [source, 'barrel', "export * from './one.ts';\n"],
  [source, 'assertion', 'export const two = one as string;\n'],
  [source, 'unicode', 'export const two = /^\\p{L}$/u;\n'],
  ...['TODO', 'FIXME', 'XXX', 'HACK'].map((word) => [source, 'unfinished', `// ${word} later\n`]),
  [source, 'machine', "export const one = '/home/someone/one';\n"],
  [source, 'machine', "export const one = 'https://registry.example.org/one';\n"],
  ['packages/kernel/src/camelCase.ts', 'file-name', 'export const one = 1;\n'],
  ['packages/kernel/test/planted.test.ts', 'skipped', "it.only('x', () => {});\n"],
  ['packages/kernel/package.json', 'exports', '{ "version": "0.1.0", "exports": "./src/gone.ts" }\n'],
  ['packages/kernel/package.json', 'version', '{ "version": "9.9.9" }\n'],
  ['packages/kernel/package.json', 'pin', '{ "version": "0.1.0", "dependencies": { "one": "^1.0.0" } }\n'],
  [
    'packages/kernel/package.json',
    'dependency',
    '{ "version": "0.1.0", "dependencies": { "nobody-knows-why": "1.0.0" } }\n',
  ],
  ['docs/links.md', 'link', 'See [the other](decisions/0009-gone.md#why).\n'],
  ['docs/decisions/0001-second.md', 'numbered', '# Second\n'],
  ['docs/decisions/why.md', 'numbered', '# Why\n'],
  ['spec/formats.md', 'numbered', '# Formats\n'],
  ['spec/01-json.md', 'spec', '# JSON\n\n## Numbers\n\n1. One.\n'],
  ['vectors/json/one.json', 'vectors', '{ "cases": [{ "input": "1" }] }\n'],
  ['vectors/json/one.json', 'vectors', '{ "cases": [] }\n'],
  ['vectors/json/one.json', 'vectors', '{ "cases": [{ "reason": "" }] }\n'],
];
