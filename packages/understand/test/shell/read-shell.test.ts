import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../src/meaning/meaning.ts';
import { traceShell } from '../../src/programs/understand-shell.ts';
import { SHELL, SHELL_TOOL, understandText } from '../shell.ts';
import { codesOf } from '../understanding.ts';

describe('vectors/understanding/shell.json', () => {
  const cases = SHELL.cases.map((one) => [JSON.stringify(one.command), one.reason, one] as const);

  it.each(cases)('understandAction() reads %s: %s', (_command, _reason, one) => {
    const { effects, findings, resources, reversibility } = understandText(one.command, one.shell);
    expect({ effects, findings: codesOf(findings), reversibility }).toEqual({
      effects: one.effects === 'all' ? SHELL_TOOL.effects : one.effects,
      findings: [...one.findings].sort(),
      reversibility: one.reversibility,
    });
    expect(resources.filter(({ kind }) => kind === 'program').map(({ name }) => name)).toEqual(one.programs);
  });
});

const PIECES = SHELL.cases.map(({ command }) => command);
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.constantFrom(
        '$(',
        ')',
        '`',
        '"',
        "'",
        '\\',
        '{',
        '}',
        '((',
        '))',
        '<<E\n',
        '[[ ',
        ' ]]',
        '\0',
        '\ud800',
      ),
      fc.constantFrom(
        ';',
        ' && ',
        ' | ',
        ' & ',
        '\n',
        '$',
        '${',
        '~',
        '*',
        'for x in ',
        ' do ',
        'done',
        '\uFFFE',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

describe('traceShell()', () => {
  it('traceShell() names what runs, and its words, when it is known', () => {
    const start = { scene: SHELL.scene, protected: [], whole: NOTHING };
    const { opaque, traced } = traceShell("X=rm; sudo $X -r 'a b' *.c", start);
    const words = traced.map((run) =>
      [run.program, ...run.words].map((word) => (word.kind === 'unknown' ? '?' : word.text)),
    );
    expect({ opaque, words }).toEqual({
      opaque: false,
      words: [
        ['sudo', 'rm', '-r', 'a b', '*.c'],
        ['rm', '-r', 'a b', '*.c'],
      ],
    });
  });
});

describe('understandAction() for any text of a shell', () => {
  it('understandAction() answers the same, whatever the text is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(understandText(text)).toEqual(understandText(text));
      }),
      { numRuns: 500 },
    );
  });

  it('understandAction() is opaque, and soon done, beyond each limit', () => {
    const many = [
      `echo ${'a'.repeat(40_000)}`,
      `${'('.repeat(65)}ls${')'.repeat(65)}`,
      `${'$('.repeat(100)}ls${')'.repeat(100)}`,
      'cat <<E\nE\n'.repeat(65),
      `echo ${'{a,b}'.repeat(12)}`,
      'echo {1..100000}',
      'ls;'.repeat(5_000),
      `${'for a in 1 2 3 4 5 6 7 8; do '.repeat(12)}ls; ${'done;'.repeat(12)}`,
      'f() { g; g; }; g() { h; h; }; h() { f; f; }; f',
      "a='echo x'; ".concat('a="$a$a"; '.repeat(40), 'eval "$a"'),
      'eval '.repeat(100).concat('ls'),
      `echo $((${'1+'.repeat(9_000)}1))`,
      `[[ ${'-n a && '.repeat(3_000)} -n a ]] && $x`,
      `set -- ${'x '.repeat(4_000)}; ${'ls "$@";'.repeat(500)}`,
      `${Array.from({ length: 1_500 }, (_, at) => `v${at}=x;`).join('')}${'true && '.repeat(900)}ls`,
      `${'sudo '.repeat(100)}ls`,
    ];
    for (const text of many) {
      expect({ text, codes: codesOf(understandText(text).findings) }).toEqual({
        text,
        codes: expect.arrayContaining(['opaque']),
      });
    }
  });
});
