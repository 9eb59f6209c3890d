import { understandCode } from '../code/understand-code.ts';
import { NOTHING } from '../meaning/meaning.ts';
import { ANY, isMarked, MANY, markWord, wordOfMarked } from '../shell/marks.ts';
import { readShell } from '../shell/read-shell.ts';
import type { Dialect, Input } from '../shell/reading.ts';
import { copyState, type State, startState } from '../shell/state.ts';
import { joinValues, literal, originsOf, textOf, UNKNOWN, type Value, withHoles } from '../shell/value.ts';
import { joinWords, literalWord, textOfWord, valueOf, type Word } from '../shell/word.ts';
import { isShell } from './flows.ts';
import { fileName, type Nesting, note, sceneAt } from './gathering.ts';
import { scriptMeaning } from './run-committed.ts';
import { findsSecrets } from './outputs.ts';
import { type Around, useWord } from './use-word.ts';

export function dialectOf(shell: string | null): Dialect {
  return shell !== null && /(?:^|\/)bash$/.test(shell) ? 'bash' : 'posix';
}

/** Runs what a program runs. Gives what that writes. */
export function runNested(nesting: Nesting): Value {
  const { gathering, nested, run } = nesting;
  const { spent } = gathering;
  if (spent.over || spent.depth >= NESTED_MAX) {
    gathering.world.found('opaque', ['EXECUTE_CODE']);
    return UNKNOWN;
  }
  spent.depth += 1;
  const words = nested.words.map((text) => wordIn(run.words, text));
  const output = runUse(nesting, words, run.input);
  spent.depth -= 1;
  return output;
}

/** The word that a text of a table stands for, with where it comes from. */
function wordIn(words: readonly Word[], text: string): Word {
  if (!isMarked(text) && words.every(({ from }) => from.length === 0)) return literalWord(text);
  return words.find((word) => markWord(word) === text) ?? { ...wordOfMarked(text), from: originsOf(words) };
}

/** Programs that run programs that run programs. */
const NESTED_MAX = 32;

function runUse(nesting: Nesting, words: readonly Word[], input: Input): Value {
  const { nested } = nesting;
  const [first, ...rest] = words;
  switch (nested.use) {
    case 'command':
      return runCommand(nesting, words);
    case 'line':
      return runText(nesting, joinWords(words), [], input);
    case 'shell':
      return first === undefined ? runInput(nesting) : runText(nesting, valueOf(first), rest, input);
    case 'script':
      return first === undefined ? UNKNOWN : runScript(nesting, first, rest);
    case 'code':
      return first === undefined ? runInput(nesting) : runCode(nesting, valueOf(first));
    default:
      return nested.use satisfies never;
  }
}

function runCommand(nesting: Nesting, given: readonly Word[]): Value {
  const { gathering, nested, run } = nesting;
  const words = withInput(nesting, given);
  const [program, ...rest] = words;
  if (program === undefined) return UNKNOWN;
  const { assignments, input } = run;
  const own = nested.given.options.some(({ name }) => name === '-i' || name === '--ignore-environment');
  return gathering.world.run({
    ...run,
    program,
    words: rest,
    assignments: own ? [] : assignments,
    input: isFed(nesting) ? null : input,
  });
}

function isFed({ executable }: Nesting): boolean {
  return executable.endsWith('xargs') || executable.endsWith('parallel');
}

/** What `xargs` adds of its input, and `find` puts in the place of two braces. */
function withInput(nesting: Nesting, words: readonly Word[]): readonly Word[] {
  const { executable, nested, run } = nesting;
  if (executable.endsWith('find'))
    return foundWords(
      nested.given.operands.map(({ text }) => text),
      words,
      findsSecrets(run.words),
    );
  if (!isFed(nesting)) return words;
  const { input } = run;
  const added: Word = wordOfInput(input);
  const sign = replacedSign(nesting);
  if (sign === null) return [...words, { ...added, ...(added.kind === 'unknown' ? { many: true } : {}) }];
  return words.map((word) => replaced(word, sign, added));
}

function replacedSign({ nested }: Nesting): string | null {
  for (const { name, value } of nested.given.options) {
    if (name === '-I') return value;
    if (name === '-i' || name === '--replace') return value ?? '{}';
  }
  return null;
}

function wordOfInput(input: Input): Word {
  if (input === null) return wordOfMarked(ANY + MANY);
  const text = textOf(input);
  if (text !== null && /^[\w./:=@%+,-]+\n?$/.test(text)) return literalWord(text.trim(), input.from);
  const value: Value = {
    ...UNKNOWN,
    from: input.from,
    ...(input.below === undefined ? {} : { below: input.below }),
  };
  return {
    kind: 'unknown',
    prefix: '',
    suffix: '',
    many: false,
    value,
    from: input.from,
    below: value.below ?? null,
  };
}

function replaced(word: Word, sign: string, by: Word): Word {
  const text = textOfWord(word);
  if (text === null || sign === '' || !text.includes(sign)) return word;
  if (text === sign) return by;
  const value = joinValues(
    text.split(sign).flatMap((part, at) => (at === 0 ? [literal(part)] : [valueOf(by), literal(part)])),
  );
  const known = textOf(value);
  if (known !== null) return literalWord(known, value.from);
  const { parts } = value;
  return {
    kind: 'unknown',
    prefix: parts[0] ?? '',
    suffix: parts.at(-1) ?? '',
    many: false,
    value,
    from: value.from,
    below: value.below ?? null,
  };
}

/** The last word ends the command. What it finds lies where it begins to look. */
function foundWords(places: readonly string[], words: readonly Word[], secret: boolean): readonly Word[] {
  const command = words.filter((word, at) => at < words.length - 1 || !/^[;+]$/.test(textOfWord(word) ?? ''));
  const [place = '.', ...more] = places;
  const below = more.length > 0 || isMarked(place) || secret ? null : place;
  const value: Value = below === null ? UNKNOWN : { ...UNKNOWN, below };
  const found: Word = { kind: 'unknown', prefix: '', suffix: '', many: true, value, from: [], below };
  return command.map((word) => replaced(word, '{}', found));
}

function runText(
  { executable, gathering, run }: Nesting,
  text: Value,
  words: readonly Word[],
  input: Input,
): Value {
  const { spent, start, world } = gathering;
  const state = stateWithin(run.state, run.assignments, words);
  const name = executable.slice(executable.lastIndexOf('/') + 1);
  const dialect = name === 'bash' ? 'bash' : 'posix';
  const home = start.scene === null ? '~' : (start.scene.home ?? '/home/~');
  const before = gathering.meanings.length;
  const output = readShell({
    text,
    dialect,
    home,
    directory: start.scene?.directory ?? null,
    state,
    input,
    world,
    spent,
  });
  if (before === gathering.meanings.length) note(gathering, { ...NOTHING, effects: ['COMPUTE'] });
  return output;
}

/** What is handed on: the place, what files hold, and what was set for this program. */
function stateWithin(
  state: State,
  assignments: Nesting['run']['assignments'],
  words: readonly Word[],
): State {
  const outer = copyState(state);
  const home = state.variables.get('HOME');
  return {
    ...startState(),
    variables: new Map([
      ...(home === undefined ? [] : [['HOME', home] as const]),
      ...assignments.map(({ name, value }) => [name, value] as const),
    ]),
    files: outer.files,
    places: outer.places,
    positional: isOne(words[0]) ? words.slice(1) : null,
  };
}

/** What may be none, or several, is not what the text calls its name. */
function isOne(word: Word | undefined): boolean {
  return word === undefined || word.kind === 'literal' || (word.kind === 'unknown' && !word.many);
}

/** Its standard input is the text. */
function runInput(nesting: Nesting): Value {
  const { gathering, nested, run } = nesting;
  const { input } = run;
  if (nested.use === 'shell' && input !== null) return runText(nesting, input, [], null);
  if (nested.use === 'code' && input !== null) return runCode(nesting, input);
  gathering.world.found('opaque', ['EXECUTE_CODE']);
  return UNKNOWN;
}

function runScript(nesting: Nesting, file: Word, words: readonly Word[]): Value {
  const { executable, gathering, run } = nesting;
  const { world } = gathering;
  const name = textOfWord(file);
  if (name === '-' || name === '/dev/stdin')
    return runInput({
      ...nesting,
      nested: { ...nesting.nested, use: isShell(executable) ? 'shell' : 'code' },
    });
  const content = name === null ? undefined : run.state.files.get(fileName(name, run.state, gathering.start));
  const origin = content?.from ?? [];
  if (origin.includes('download')) world.found('download_and_run', ['EXECUTE_CODE', 'DOWNLOAD']);
  if (origin.includes('decode')) world.found('decode_and_run', ['EXECUTE_CODE']);
  if (content !== undefined && textOf(content) !== null) {
    const other = interpreterOf(textOf(content) ?? '');
    if (executable === 'sh' && other !== null && !isShell(other))
      return runCode({ ...nesting, executable: other }, content);
    return isShell(executable)
      ? runText(nesting, content, [file, ...words], run.input)
      : runCode(nesting, content);
  }
  if (name === null || content !== undefined) {
    world.found('opaque', ['EXECUTE_CODE']);
    return UNKNOWN;
  }
  note(gathering, scriptMeaning(name, run.state, gathering));
  return UNKNOWN;
}

/** What a first line says that runs the rest. */
function interpreterOf(text: string): string | null {
  const line = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(text);
  const name = line?.[1]?.endsWith('/env') === true ? line[2] : line?.[1];
  return name ?? null;
}

function runCode(nesting: Nesting, code: Value): Value {
  const { executable, gathering, run } = nesting;
  const { start, where, world } = gathering;
  if (code.from.includes('download')) world.found('download_and_run', ['DOWNLOAD']);
  if (code.from.includes('decode')) world.found('decode_and_run', []);
  const scene = sceneAt(start.scene, run.state.places[0]);
  const around: Around = { ...start, scene, run: () => NOTHING };
  if (textOf(code) === null) world.found('opaque', ['EXECUTE_CODE']);
  const meaning = understandCode(executable, withHoles(code), {
    whole: start.whole,
    use: (name, use) => useWord(name, use, where ?? '', around),
    run: (use, words) => {
      const nested = { ...nesting.nested, use, words: words.map((word) => word ?? ANY) };
      // What the code makes of its input, nobody knows.
      runNested({
        gathering,
        nested,
        run: { ...run, input: UNKNOWN },
        executable: use === 'shell' ? 'sh' : executable,
      });
    },
  });
  note(gathering, meaning);
  return UNKNOWN;
}
