// Shell texts of every construct, from a grammar: what they run is found out by running them.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';

const oneOf = (...texts) => fc.constantFrom(...texts);

const WORDS = readFileSync(new URL('words.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

const NAMES = oneOf(
  'p0',
  'p1',
  'p2',
  'p3',
  'p4',
  'ls',
  'rm',
  'cp',
  'curl',
  'git',
  '$P',
  '"$P"',
  '/bin/p5',
  'p"6"',
  '\\p7',
  '$(echo p8)',
  'cat',
  'env',
  'command',
  'p{8,9}',
);
const VALUES = oneOf(
  ...WORDS,
  'p1',
  'p2',
  "'p3 x'",
  "'*.c'",
  "'a b c'",
  'p1',
  '7',
  '$((2*3))',
  "'p1;p2'",
  "'~'",
  '~/v',
  'x:~',
);
const word = oneOf(...WORDS);
const words = fc.array(word, { maxLength: 3 }).map((list) => list.join(' '));
const name = oneOf('V', 'W', 'P', 'L', 'R', 'N', 'i');
const redirect = oneOf(
  '',
  '',
  '',
  '',
  ' > out',
  ' 2>&1',
  ' >> out',
  ' < b.txt',
  ' &> all',
  ' <<< "$V"',
  ' > "$V.x"',
  ' 2>/dev/null',
  ' >&2',
  ' > $W',
);
const simple = fc.tuple(NAMES, words, redirect).map(([program, list, ends]) => `${program} ${list}${ends}`);
const assignment = fc.tuple(name, oneOf('=', '=', '=', '+='), VALUES).map((parts) => parts.join(''));

/** What stands in quotes within another text. */
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const builtin = fc.oneof(
  assignment,
  fc
    .tuple(oneOf('export', 'declare', 'readonly', 'local', 'typeset'), assignment)
    .map((parts) => parts.join(' ')),
  words.map((list) => `set -- ${list}`),
  fc.tuple(name, word).map(([one, value]) => `read ${one} <<< ${value}`),
  fc.tuple(name, word).map(([one, value]) => `printf -v ${one} %s ${value}`),
  oneOf(
    'cd src',
    'cd ..',
    'cd /',
    'cd nowhere',
    'cd',
    'unset V',
    'unset -f f',
    'shift',
    'set -f',
    'set -e',
    'IFS=,',
    "IFS=':'",
    'IFS=',
    'unset IFS',
    'true',
    'false',
    ':',
    'exit',
    'return',
    'break',
    'continue',
    'set -o posix',
    'shopt -s nullglob',
    'alias p1=p2',
    'umask 022',
    'i=$((i+1))',
    'i=0',
    'let i++',
    '((i++))',
    'HOME=/etc',
    'A=(p1 "a b" *.c)',
    'A+=(z)',
    'A[1]=y',
    'set -x',
    'hash -r',
    'wait',
    'jobs',
    'pushd src',
    'popd',
    'shopt -s extglob',
    'p9() { p1 "$@"; }',
  ),
  words.map((list) => `A=(${list})`),
  simple.map((text) => `trap ${quote(text)} EXIT`),
);

const { list } = fc.letrec((tie) => ({
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    simple,
    builtin,
    fc.tuple(assignment, simple).map((parts) => parts.join(' ')),
    fc
      .tuple(tie('command'), oneOf('&&', '||', '|', ';', '&', '|&'), tie('command'))
      .map((parts) => parts.join(' ')),
    tie('list').map((text) => `( ${text} )`),
    fc.tuple(tie('list'), redirect).map(([text, ends]) => `{ ${text}\n}${ends}`),
    fc
      .tuple(tie('command'), tie('list'), tie('list'))
      .map(([test, yes, no]) => `if ${test}; then ${yes}\nelse ${no}\nfi`),
    fc
      .tuple(oneOf('V', 'W', 'P', 'x'), words, tie('list'))
      .map(([one, all, body]) => `for ${one} in ${all}; do ${body}\ndone`),
    fc
      .tuple(oneOf('V', 'P'), tie('list'))
      .map(([one, body]) => `while read ${one}; do ${body}\ndone < b.txt`),
    fc
      .tuple(word, word, tie('list'))
      .map(
        ([one, pattern, body]) =>
          `case ${one} in ${pattern.replaceAll(/[()&;<>|]/g, '')}x|q) ${body}\n;; *) p1 ;; esac`,
      ),
    fc.tuple(tie('list'), words).map(([body, all]) => `f() { ${body}\n}; f ${all}`),
    fc.tuple(tie('command'), words).map(([body, all]) => `g() { ${body}; }; g ${all}`),
    tie('command').map((text) => `eval ${quote(text)}`),
    tie('command').map((text) => `eval "${text.replaceAll(/["\\`]/g, '\\$&')}"`),
    fc
      .tuple(oneOf('sh', 'bash', 'dash'), tie('command'), words)
      .map(([shell, text, all]) => `${shell} -c ${quote(text)} ${all}`),
    fc.tuple(oneOf('sh', 'bash'), tie('command')).map(([shell, text]) => `echo ${quote(text)} | ${shell}`),
    fc
      .tuple(oneOf('sh', 'bash'), oneOf('EOF', "'EOF'"), tie('command'))
      .map(([shell, end, text]) => `${shell} <<${end}\n${text}\nEOF\n`),
    tie('command').map((text) => `echo ${quote(text)} > s.sh; sh s.sh`),
    tie('command').map((text) => `echo ${quote(text)} > s.sh; . ./s.sh`),
    fc
      .tuple(
        oneOf(
          'env',
          'nohup',
          'timeout 5',
          'nice',
          'env V=1',
          'command',
          'exec',
          'builtin',
          'stdbuf -o0',
          'xargs',
          'setsid',
          'nice -n 3',
          'env -i',
          'timeout -s 9 2',
          'env -u V',
        ),
        simple,
      )
      .map((parts) => parts.join(' ')),
    fc
      .tuple(
        words,
        oneOf('xargs', 'xargs -I{}', 'xargs -n1'),
        oneOf('p1', 'p1 {}', 'p2 x', 'sh -c {}', 'p3 x{}y'),
      )
      .map(([all, xargs, rest]) => `echo ${all} | ${xargs} ${rest}`),
    oneOf(
      "find . -name '*.c' -exec p1 {} \\;",
      'find src -exec p1 x {} +',
      "find . -name '*.c' | xargs p2",
      'find . -type f -print0 | xargs -0 p3 -x',
      'find . -exec sh -c \'p1 "$1"\' _ {} \\;',
    ),
    fc.tuple(assignment, tie('command')).map(([one, text]) => `${one}\n${text}`),
    fc
      .tuple(
        tie('command'),
        oneOf(
          'p1',
          'cat',
          'tee out',
          'sh',
          'p2 $V',
          'cat | cat',
          'tr a b',
          'head -1',
          'while read P; do $P x; done',
          '{ read V; p1 $V; }',
        ),
      )
      .map(([one, two]) => `${one} | ${two}`),
    tie('command').map((text) => `[[ -n $V ]] && ${text}`),
    tie('command').map((text) => `[ "$V" = x ] || ${text}`),
    tie('command').map((text) => `! ${text}`),
    tie('command').map((text) => `time ${text}`),
    tie('command').map((text) => `function h { ${text}\n}; h a b`),
    words.map((all) => `cat <<EOF | p1\n${all}\nEOF\n`),
    fc
      .tuple(oneOf('E', "'E'"), words)
      .map(([end, all]) => `p2 "$(cat <<-${end}\n\t\t${all}\n\t${all}\n\tE\n)"`),
  ),
  list: fc.array(tie('command'), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n')),
}));

/** What most names hold before the rest: of what nobody set, nothing is known. */
const begins = fc
  .tuple(...['V', 'W', 'P', 'L', 'R', 'N'].map((one) => fc.tuple(oneOf(one, one, one, ''), VALUES)))
  .map((all) => all.filter(([one]) => one !== '').map((parts) => parts.join('=')));

/** So many texts, the same for the same seed. */
export const generate = (count, seed) =>
  fc.sample(
    fc.tuple(begins, list).map(([first, text]) => [...first, text].join('; ')),
    { numRuns: count, seed },
  );

export const STUBS = [
  'p0',
  'p1',
  'p2',
  'p3',
  'p4',
  'p5',
  'p6',
  'p7',
  'p8',
  'p9',
  'ls',
  'rm',
  'cp',
  'curl',
  'git',
  'a',
  'b',
  'q',
  'x',
  'echo',
  'src',
  'test',
  'mv',
  'sudo',
  'ssh',
  'd',
  'e',
  'u',
  'w',
  'y',
  'z',
  'data',
  'p',
];
