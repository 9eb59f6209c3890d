import type { Effect, FindingCode, Scene } from '@writ/contract';
import type { CommandLine } from '../arguments/command-line.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { isInWorkspace, isObserved, lexicalPath } from '../paths/lexical.ts';
import { isPipe } from '../shell/expand-word.ts';
import { isMarked, markWord } from '../shell/marks.ts';
import { readShell, startSpent } from '../shell/read-shell.ts';
import { type Run, spend, type Touch, type World } from '../shell/reading.ts';
import { type State, startState } from '../shell/state.ts';
import { EMPTY, literal, textOf, UNKNOWN, unknownFrom, type Value } from '../shell/value.ts';
import { literalWord, textOfWord, type Word } from '../shell/word.ts';
import { flowOf } from './flows.ts';
import { fileName, type Gathering, note, type Start, sceneAt, type Traced } from './gathering.ts';
import { outputOf } from './outputs.ts';
import { noteChanges, scriptMeaning, settleScripts } from './run-committed.ts';
import { dialectOf, runNested } from './run-nested.ts';
import { assignedMeaning } from './settings.ts';
import { understandCommandLine } from './understand-command-line.ts';
import { type Around, type Nested, touch, useWord } from './use-word.ts';

/** What a shell text means. */
export function understandShell(text: string, where: string, start: Start): Meaning {
  return joinMeanings(gatherShell(text, where, start).meanings);
}

/** What it runs, as far as that is known; whether all of it is. */
export function traceShell(
  text: string,
  start: Start,
): { readonly traced: readonly Traced[]; readonly opaque: boolean } {
  const { meanings, traced } = gatherShell(text, '', start);
  return { traced, opaque: joinMeanings(meanings).findings.some(({ code }) => code === 'opaque') };
}

function gatherShell(text: string, where: string, start: Start): Gathering {
  const gathering = startGathering(start, where);
  const { spent, world } = gathering;
  const home = homeOf(start.scene);
  const dialect = dialectOf(start.scene?.shell ?? null);
  const directory = start.scene?.directory ?? null;
  readShell({
    text: literal(text),
    dialect,
    home,
    directory,
    state: startState(),
    input: null,
    world,
    spent,
  });
  settleScripts(gathering);
  // A text that runs nothing but the shell itself.
  if (gathering.meanings.every(({ effects }) => effects.length === 0)) {
    gathering.meanings.push({ ...NOTHING, effects: ['COMPUTE'] });
  }
  return gathering;
}

/** What a program means that is started with just these words. */
export function understandWords({ executable, words }: CommandLine, start: Start): Meaning {
  const gathering = startGathering(start, null);
  const program = literalWord(executable);
  runProgram(gathering, {
    program,
    words: words.map((word) => literalWord(word)),
    assignments: [],
    input: null,
    answers: false,
    state: startState(),
  });
  settleScripts(gathering);
  return joinMeanings(gathering.meanings);
}

function homeOf(scene: Scene | null): string {
  return scene === null ? '~' : (scene.home ?? '/home/~');
}

function startGathering(start: Start, where: string | null): Gathering {
  const found = (code: FindingCode | null, effects: readonly Effect[]): void => {
    if (code !== null) note(gathering, foundAt(code, where ?? ''));
    if (effects.length > 0) note(gathering, { ...NOTHING, effects });
    if (code === 'opaque') note(gathering, start.whole);
  };
  const world: World = {
    run: (run) => runProgram(gathering, run),
    touch: (touched) => touchFile(gathering, touched),
    script: (file, state) => runScript(gathering, file, state),
    assigned: (name, value) => note(gathering, assignedMeaning(name, value, start)),
    found,
  };
  const lists = { meanings: [], traced: [], scripts: [], changed: [] };
  const gathering: Gathering = { start, where, ...lists, spent: startSpent(), world };
  return gathering;
}

/** Stands for all that the tool may do while one program is looked at. */
const ALL_MARK = '\0';
const ALL: Meaning = foundAt('opaque', ALL_MARK);

/** A program, wherever the shell may be. Gives what it writes. */
function runProgram(gathering: Gathering, run: Run): Value {
  const { start, traced, world } = gathering;
  const { assignments, program, state, words } = run;
  if (!spend(gathering, 'runs')) return UNKNOWN;
  traced.push({ program, words });
  for (const { name, value } of assignments) world.assigned(name, value);
  const executable = textOfWord(program);
  if (executable === null || executable === '') return runUnknown(gathering, run);
  const written = executable.includes('/') ? state.files.get(fileName(executable, state, start)) : undefined;
  if (written !== undefined) return runWritten(gathering, run, executable);
  if (isOwnFile(executable, gathering)) return runFile(gathering, run, executable);
  const marked = words.map(markWord);
  const first = gathering.meanings.length;
  const fetched = hasFetched(gathering, state);
  const outputs: Value[] = [];
  const meanings = state.places.map((place, at) => {
    const around = aroundPlace(gathering, run, place, executable, at === 0 ? outputs : null);
    return understandCommandLine({ executable, words: marked }, around);
  });
  const joined = joinMeanings(meanings);
  const findings = joined.findings.filter(({ where }) => where !== ALL_MARK);
  const meaning = { ...joined, findings };
  note(gathering, meaning, first);
  // What nobody knows may do all, which is no reason to say that it did any one thing.
  if (findings.length < joined.findings.length) note(gathering, start.whole);
  if (fetched && runsWorkspace(meaning)) world.found('download_and_run', []);
  note(gathering, flowOf(run, meaning));
  noteChanges(gathering, executable, meaning);
  noteDownloads(run, meaning);
  return outputOf(executable, run, meaning, outputs, (name) => state.files.get(fileName(name, state, start)));
}

/** What was fetched from a host by name, and not by a lock file, and now lies in the workspace. */
function hasFetched({ meanings, start }: Gathering, { files }: State): boolean {
  return (
    meanings.some(
      ({ effects, resources }) =>
        effects.includes('DOWNLOAD') &&
        effects.includes('WRITE_PATCH') &&
        !effects.includes('INSTALL') &&
        resources.some(({ kind }) => kind === 'host'),
    ) || [...files].some(([name, { from }]) => from.includes('download') && isInWorkspace(name, start.scene))
  );
}

function runsWorkspace({ effects }: Meaning): boolean {
  return effects.includes('RUN_WORKSPACE_CODE') && !effects.includes('DOWNLOAD');
}

/** Where it may have put what it fetched. */
function noteDownloads({ state }: Run, { effects, resources }: Meaning): void {
  if (!effects.includes('DOWNLOAD')) return;
  for (const { kind, name } of resources)
    if (kind === 'path') state.files.set(name, unknownFrom(['download']));
}

function aroundPlace(
  gathering: Gathering,
  run: Run,
  place: string | null,
  executable: string,
  outputs: Value[] | null,
): Around {
  const { start } = gathering;
  return {
    ...start,
    whole: ALL,
    scene: sceneAt(start.scene, place),
    isPipe: (name) => isPipe(name) && run.state.files.has(name),
    run: (nested: Nested) => {
      // What it runs looks at all places by itself.
      outputs?.push(runNested({ executable, gathering, nested, run }));
      return NOTHING;
    },
  };
}

/**
 * A file that the text itself wrote, or fetched, runs as what it says that it is for: a shell, if it says
 * nothing.
 */
function runWritten(gathering: Gathering, run: Run, executable: string): Value {
  note(gathering, touch('program', executable, gathering.where ?? ''));
  const given = { options: [], operands: [], cut: false };
  const words = [executable, ...run.words.map(markWord)];
  const nested: Nested = { use: 'script', words, where: gathering.where ?? '', given };
  return runNested({ executable: 'sh', gathering, nested, run });
}

/** A file of the workspace that runs by its own name. */
function isOwnFile(executable: string, { start: { scene } }: Gathering): boolean {
  const path = lexicalPath(executable, scene);
  return executable.includes('/') && isObserved(path, scene) && isInWorkspace(path, scene);
}

/** The words of a wrapper say what the builder does that it runs. */
const WRAPPERS: Readonly<Record<string, string>> = { gradlew: 'gradle', mvnw: 'mvn' };

function runFile(gathering: Gathering, run: Run, executable: string): Value {
  const { start, where } = gathering;
  note(gathering, touch('program', executable, where ?? ''));
  note(gathering, scriptMeaning(executable, run.state, gathering));
  const name = executable.slice(executable.lastIndexOf('/') + 1);
  const builder = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (builder !== undefined) {
    const around = { ...aroundPlace(gathering, run, '', builder, null), scene: start.scene };
    const line = { executable: builder, words: run.words.map(markWord) };
    const { findings, ...meaning } = understandCommandLine(line, around);
    const found = findings.filter(({ where: at }) => at !== ALL_MARK);
    note(gathering, { ...meaning, findings: found, resources: [] });
    if (found.length < findings.length) note(gathering, start.whole);
  }
  return unknownFrom(run.words.flatMap((word) => word.from));
}

function runUnknown(gathering: Gathering, { program, words }: Run): Value {
  const { world } = gathering;
  const from = [program, ...words].flatMap((word) => word.from);
  if (from.includes('download')) world.found('download_and_run', ['DOWNLOAD']);
  if (from.includes('decode')) world.found('decode_and_run', []);
  if (from.includes('network')) world.found('reverse_shell', []);
  world.found('opaque', ['EXECUTE_CODE']);
  return unknownFrom(from);
}

function touchFile(gathering: Gathering, { content, state, target, use }: Touch): Value {
  if (!spend(gathering, 'runs')) return UNKNOWN;
  const { start, where } = gathering;
  const name = markWord(target);
  const key = fileName(name, state, start);
  const known = state.files.get(key);
  if (use === 'read' && known !== undefined) return known;
  const connects = /^\/dev\/(?:tcp|udp)\/([^/]+)/.exec(name)?.[1];
  if (connects !== undefined) {
    const host = useWord(connects, 'host', where ?? '', { ...start, run: () => NOTHING });
    note(gathering, { ...host, effects: ['NETWORK_CALL'] });
    if (isMarked(connects)) gathering.world.found('opaque', []);
    return unknownFrom(['network']);
  }
  if (STREAMS.test(name)) return UNKNOWN;
  const meanings = state.places.map((place) => {
    const around: Around = { ...start, scene: sceneAt(start.scene, place), run: () => NOTHING };
    return useWord(name, USES[use], where ?? '', around);
  });
  const meaning = joinMeanings(meanings);
  note(gathering, meaning);
  if (use === 'read') return unknownFrom(meaning.effects.includes('READ_SECRETS') ? ['secret'] : []);
  gathering.changed.push(isMarked(name) ? '/' : key);
  state.files.set(key, use === 'append' ? UNKNOWN : content);
  return EMPTY;
}

const USES = { read: 'read', empty: 'write', append: 'alter' } as const;
const STREAMS = /^\/dev\/(?:null|stdin|stdout|stderr|tty|zero|u?random|fd\/[0-9]+)$/;

/** A file whose text the shell itself runs. */
function runScript(gathering: Gathering, file: Word, state: State): Value | null {
  const name = markWord(file);
  const content = state.files.get(fileName(name, state, gathering.start));
  if (content !== undefined && textOf(content) !== null) return content;
  const given = { options: [], operands: [], cut: false };
  const nested: Nested = { use: 'script', words: [name], where: gathering.where ?? '', given };
  const run: Run = {
    program: literalWord('bash'),
    words: [file],
    assignments: [],
    input: null,
    answers: false,
    state,
  };
  runNested({ executable: 'bash', gathering, nested, run });
  return null;
}
