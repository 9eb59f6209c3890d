/** At most so many arguments: a condition looks at every place by its number. */
export const ARGUMENTS_MAX = 64;

/** Numbers of all places as two loops: `a + b`. One list of them would take most of a condition's nodes. */
const HIGH = '[0, 8, 16, 24, 32, 40, 48, 56]';
const LOW = '[0, 1, 2, 3, 4, 5, 6, 7]';

/**
 * CEL for: the program and its arguments, joined by one space, contain the pattern. There is no joining in
 * CEL, so each space of the pattern either lies within a word or parts two: every choice is one alternative.
 * The lines are joined by a space and may be broken there.
 */
export function patternCondition(pattern: string): readonly string[] {
  const splits = splitsOf(pattern).filter((pieces) => pieces.length > 1);
  const first = splits.map((pieces) => `|| (${acrossProgram(pieces).join(' && ')})`);
  const later = splits.map((pieces) => `(${acrossArguments(pieces).join(' && ')})`);
  const loops = later.length === 0 ? [] : [`|| ${HIGH}.exists(a, ${LOW}.exists(b,`, later.join(' || '), '))'];
  return [
    'has(args.executable) && has(args.args) &&',
    `(args.executable.contains(${literal(pattern)})`,
    `|| args.args.exists(word, word.contains(${literal(pattern)}))`,
    ...first,
    ...loops,
    ')',
  ];
}

/** All ways to part a text at some of its spaces. */
function splitsOf(pattern: string): readonly (readonly string[])[] {
  const [head = '', ...tail] = pattern.split(' ');
  return tail.reduce<readonly (readonly string[])[]>(
    (ways, next) =>
      ways.flatMap((way) => [
        [...way.slice(0, -1), `${way.at(-1) ?? ''} ${next}`],
        [...way, next],
      ]),
    [[head]],
  );
}

/** The first piece ends the program, the last begins an argument, and those between are arguments. */
function acrossProgram(pieces: readonly string[]): readonly string[] {
  const [head = '', ...rest] = pieces;
  const bound = `size(args.args) >= ${rest.length}`;
  return [bound, ...ends('args.executable', head), ...follow(rest, (at) => `args.args[${at}]`)];
}

function acrossArguments(pieces: readonly string[]): readonly string[] {
  const [head = '', ...rest] = pieces;
  const bound = `a + b + ${rest.length} < size(args.args)`;
  return [bound, ...ends('args.args[a + b]', head), ...follow(rest, (at) => `args.args[a + b + ${at + 1}]`)];
}

function ends(word: string, piece: string): readonly string[] {
  return piece === '' ? [] : [`${word}.endsWith(${literal(piece)})`];
}

function follow(pieces: readonly string[], word: (at: number) => string): readonly string[] {
  return pieces.flatMap((piece, at) => {
    if (at < pieces.length - 1) return [`${word(at)} == ${literal(piece)}`];
    return piece === '' ? [] : [`${word(at)}.startsWith(${literal(piece)})`];
  });
}

/** A text of printable ASCII in CEL. */
export function literal(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
