import { EFFECTS, FINDING_CODES } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import type { Option, Program } from '../../src/programs/program.ts';
import { FAMILIES, PROGRAMS } from '../../src/programs/table.ts';

/** Effects that weigh more than half: what has one is not light, whatever its row says. */
const HEAVY: ReadonlySet<string> = new Set([
  'DELETE',
  'REWRITE_HISTORY',
  'CHANGE_DATA',
  'DEPLOY',
  'SPEND_MONEY',
  'PUBLISH',
  'CHANGE_CLOUD',
  'CONTROL_SYSTEM',
  'HIDE_TRACES',
  'DESTROY_DATA',
]);
const RUNNING_USES: ReadonlySet<string> = new Set(['program', 'command', 'shell', 'line', 'script', 'code']);

type Row = { readonly path: string; readonly program: Program };

/** Every row of a program, each once. */
function rowsOf(path: string, program: Program, known: Set<Program>): readonly Row[] {
  if (known.has(program)) return [];
  known.add(program);
  return [
    { path, program },
    ...Object.entries(program.commands ?? {}).flatMap(([name, row]) => rowsOf(`${path} ${name}`, row, known)),
    ...program.modes.flatMap(({ names, program: row }) => rowsOf(`${path} (${names.join(' ')})`, row, known)),
    ...(program.bare === null ? [] : rowsOf(`${path} alone`, program.bare, known)),
    ...(program.other === null ? [] : rowsOf(`${path} *`, program.other, known)),
  ];
}

const known = new Set<Program>();
const ROWS = Object.entries(PROGRAMS).flatMap(([name, program]) => rowsOf(name, program, known));

function wrong(isWrong: (row: Row) => boolean): readonly string[] {
  return ROWS.filter(isWrong).map(({ path }) => path);
}

function optionsWrong(isWrong: (name: string, option: Option, row: Row) => boolean): readonly string[] {
  return ROWS.flatMap((row) =>
    Object.entries(row.program.options)
      .filter(([name, option]) => isWrong(name, option, row))
      .map(([name]) => `${row.path} ${name}`),
  );
}

describe('PROGRAMS', () => {
  it('PROGRAMS has every name in one family only', () => {
    const names = Object.values(FAMILIES).flatMap((family) => Object.keys(family));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('PROGRAMS names programs, commands and options as they can be typed', () => {
    const names = ROWS.flatMap(({ path, program }) =>
      [path.split(' ')[0] ?? '', ...Object.keys(program.commands ?? {})].filter(
        (name) => !/^(?:[!-'*-~]+|\[\[?)$/.test(name),
      ),
    );
    expect(names).toEqual([]);
    // `--x`, `-x`, what `find`, `set` and `dd` take; a sign at the end would be the list's own.
    expect(
      optionsWrong((name) => !/^(?:-|[-+][!-~]+|[!(),]|--|[a-z]+=)$/.test(name) || /[?]$/.test(name)),
    ).toEqual([]);
  });

  it('PROGRAMS knows effects and findings of the vocabulary only, each once', () => {
    const isWrongList = (list: readonly string[], all: readonly string[]): boolean =>
      new Set(list).size < list.length || list.some((one) => !all.includes(one));
    expect(wrong(({ program }) => isWrongList(program.effects, EFFECTS))).toEqual([]);
    expect(wrong(({ program }) => isWrongList(program.findings, FINDING_CODES))).toEqual([]);
    expect(optionsWrong((_name, { effects }) => isWrongList(effects, EFFECTS))).toEqual([]);
  });

  it('PROGRAMS lists no option with a use that is none', () => {
    expect(optionsWrong((_name, { use }) => use === 'unknown')).toEqual([]);
  });

  it('PROGRAMS is opaque for unlisted options where an option runs something', () => {
    const runs = optionsWrong(
      (_name, { use }, { program }) => RUNNING_USES.has(use) && program.unlisted === 'harmless',
    );
    expect(runs).toEqual([]);
  });

  it('PROGRAMS weighs what cannot be undone', () => {
    const light = wrong(
      ({ program: { effects, reversibility, risk_min } }) =>
        reversibility === 'irreversible' && risk_min === 0 && !effects.some((effect) => HEAVY.has(effect)),
    );
    expect(light).toEqual([]);
  });

  it('PROGRAMS makes no option another program that the row does not list', () => {
    const missing = ROWS.flatMap(({ path, program }) =>
      program.modes
        .flatMap(({ names }) => names)
        .map((name) => (name.startsWith('--') ? name : name.replace(/=.*/, '')).replace(/=.*/, ''))
        .filter(
          (name) => program.unlisted === 'opaque' && !Object.hasOwn(program.options, name) && name !== '--',
        )
        .map((name) => `${path} ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
