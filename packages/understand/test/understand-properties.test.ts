import {
  type Effect,
  type Declared,
  EFFECTS,
  FINDING_CODES,
  type Finding,
  type JsonObject,
  type Scene,
  type Understanding,
} from '@writ/contract';
import { printJson } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROGRAMS } from '../src/programs/table.ts';
import { WRAPPING } from '../src/programs/wrapping.ts';
import { COMMANDS, understand, understandCommand } from './understanding.ts';

const WORDS = [...new Set(COMMANDS.cases.flatMap(({ command }) => command))];
const EXECUTABLES = [...new Set(COMMANDS.cases.map(({ command }) => command[0] ?? ''))];
const words = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...WORDS) },
    fc.string({ maxLength: 6 }).filter((text) => text.isWellFormed()),
  ),
  { maxLength: 6 },
);
const commands = fc.tuple(fc.constantFrom(...EXECUTABLES), words);

const declarations: fc.Arbitrary<Declared> = fc.record(
  {
    effects: fc.uniqueArray(fc.constantFrom(...EFFECTS)),
    resources: fc.array(
      fc.record({
        kind: fc.constantFrom('path', 'host', 'program', 'account', 'table'),
        name: fc.constantFrom('a', 'zoe@example.org', 'email#1', '/'),
      }),
      { maxLength: 300, size: 'max' },
    ),
    findings: fc.array(
      fc.record({ code: fc.constantFrom(...FINDING_CODES), where: fc.constantFrom('', '/args', '/args/1') }),
    ),
    risk: fc.integer({ min: 0, max: 1_000_000 }),
    costs: fc.array(fc.record({ unit: fc.constantFrom('eur', 'usd'), amount: fc.nat() }), { maxLength: 4 }),
  },
  { requiredKeys: [] },
);

const SCENE: Scene = { directory: '/srv/project', roots: ['/srv'], shell: null, items: [] };
const scenes = fc.constantFrom(null, SCENE);
const RANKS = ['nothing_to_undo', 'reversible', 'unknown', 'irreversible'];

function expectNotMilder(stricter: Understanding, than: Understanding): void {
  expect(stricter.effects).toEqual(expect.arrayContaining([...than.effects]));
  expect(stricter.resources).toEqual(expect.arrayContaining([...than.resources]));
  expect(stricter.findings).toEqual(expect.arrayContaining([...than.findings]));
  expect(stricter.risk).toBeGreaterThanOrEqual(than.risk);
  expect(RANKS.indexOf(stricter.reversibility)).toBeGreaterThanOrEqual(RANKS.indexOf(than.reversibility));
}

/** The same object with its members in another order. */
function turned(args: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(args).reverse());
}

/** A request that nothing is found wrong with any more only fetches. */
function keptOf(before: readonly Effect[], after: readonly Effect[]): Effect[] {
  return before.filter((effect) => effect !== 'NETWORK_CALL' || !after.includes('DOWNLOAD'));
}

describe('understandAction() for anything', () => {
  it('understandAction() is never milder with what is declared than without', () => {
    fc.assert(
      fc.property(commands, declarations, scenes, ([executable, args], declared, scene) => {
        const action = { executable, args };
        expectNotMilder(understand(action, { declared, scene }), understand(action, { scene }));
      }),
    );
  });

  it('understandAction() gives the same bytes for the same input, in any order of members', () => {
    fc.assert(
      fc.property(commands, declarations, scenes, ([executable, args], declared, scene) => {
        const action: JsonObject = { executable, args, path: 'a', zoe: { b: 'zoe@example.org', a: '.writ' } };
        const once = printJson(understand(action, { declared, scene }));
        const again = { ...turned(action), zoe: { a: '.writ', b: 'zoe@example.org' } };
        expect(printJson(understand(again, { declared, scene }))).toBe(once);
      }),
    );
  });

  it('understandAction() stays within the vocabulary, in its order, and within what the wire takes', () => {
    fc.assert(
      fc.property(commands, declarations, ([executable, args], declared) => {
        const { costs, effects, findings, resources, risk } = understand({ executable, args }, { declared });
        expect(EFFECTS.filter((effect) => effects.includes(effect))).toEqual(effects);
        expect([resources.length, findings.length, costs.length].every((count) => count <= 256)).toBe(true);
        expect(Number.isSafeInteger(risk) && risk >= 0 && risk <= 1_000_000).toBe(true);
        expect(resources.every(({ name }) => name !== '' && !name.includes('zoe@'))).toBe(true);
      }),
    );
  });

  // What stands last is the target of cp and mv, and an option may name another: that is their row. A first
  // word may be the command, and an option may make it another program. What
  // runs another program may give that one the word.
  const choosing = EXECUTABLES.filter((name) => {
    const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
    return program !== undefined && (program.commands !== null || program.modes.length > 0);
  });
  const rows = ['cp', 'mv', 'find', ...Object.keys(WRAPPING), ...choosing];

  it('understandAction() removes no effect when a word is added, but where a row says so', () => {
    const others = EXECUTABLES.filter((name) => !rows.includes(name));
    fc.assert(
      fc.property(fc.constantFrom(...others), words, fc.constantFrom(...WORDS), (executable, args, word) => {
        const before = understandCommand([executable, ...args]).effects;
        const after = understandCommand([executable, ...args, word]).effects;
        expect(after).toEqual(expect.arrayContaining(keptOf(before, after)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('understandAction() removes no effect when a word is added to a command of git', () => {
    const chosen = fc.constantFrom('status', 'log', 'diff', 'show', 'fetch', 'add', 'commit', 'rebase');
    fc.assert(
      fc.property(chosen, words, fc.constantFrom(...WORDS), (command, args, word) => {
        const before = understandCommand(['git', command, ...args]).effects;
        const after = understandCommand(['git', command, ...args, word]).effects;
        expect(after).toEqual(expect.arrayContaining(keptOf(before, after)));
      }),
    );
  });

  it('understandAction() says that code may run wherever it says that nobody knows the program', () => {
    const isUnread = ({ code }: Finding): boolean => code === 'unfamiliar';
    fc.assert(
      fc.property(commands, ([executable, args]) => {
        const { effects, findings } = understandCommand([executable, ...args]);
        if (findings.some(isUnread)) expect(effects).toContain('EXECUTE_CODE');
      }),
    );
  });
});
