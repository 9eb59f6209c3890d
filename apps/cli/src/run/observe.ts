import type { Scene, SceneItem } from '@writ/contract';
import type { Environment, Place } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { makeScene, observeBase } from '../scene/make-scene.ts';
import { findPath, itemsOf, type NamedPath } from '../scene/named-paths.ts';
import { restorableItems } from '../scene/restorable-items.ts';
import { onlyLooks } from '../scene/scan-words.ts';
import { findProgram, type FoundProgram } from './find-program.ts';
import { openAndHash } from './hash-file.ts';
import { interpretersOf } from './interpreters.ts';

export type Observed = {
  readonly program: FoundProgram;
  /** Of the file that will run. */
  readonly digest: string;
  readonly scene: Scene;
};

export type ToObserve = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** What the program will be given, and nothing else. */
  readonly environment: Environment;
  /** Whose home it runs in, and where snapshots would be kept. */
  readonly place: Place;
};

/**
 * What this host is to the call, and decides what it will do: where it runs, the file that its name leads to
 * and what interprets that, the files among its arguments, its environment. Observed again at commit: any
 * difference is STATE_DRIFT.
 */
export async function observe(call: ToObserve): Promise<Observed> {
  const base = await observeBase(call);
  const { directory } = base;
  const program = await findProgram(call.executable, directory, call.environment['PATH']);
  const digest = await digestOfProgram(program.real);
  const named: NamedPath[] = [];
  for (const arg of call.args) {
    const found = await findPath(arg, directory);
    if (found !== null) named.push(found);
  }
  const items: SceneItem[] = [];
  for (const one of named) items.push(...(await itemsOf(one, true)));
  const claims = onlyLooks(call.executable, call.args[0])
    ? []
    : await restorableItems({
        place: call.place,
        roots: base.roots,
        named: named.map(({ real }) => real),
        search: call.environment['PATH'],
        beyond: true,
      });
  const scene = makeScene(
    base,
    { shell: null, environment: call.environment },
    {
      pins: [
        ...programItems(program, digest),
        ...(await interpretersOf(program.real, call.environment['PATH'])),
        ...items.filter(({ used }) => used),
      ],
      claims: [...claims, ...items.filter(({ used }) => !used)],
    },
  );
  return { program, digest, scene };
}

async function digestOfProgram(path: string): Promise<string> {
  const opened = await openAndHash(path).catch(() => null);
  await opened?.file.close();
  if (opened === null)
    throw new CliFailure('PROGRAM_UNREADABLE', 'the program cannot be read, so nobody knows what would run');
  if (opened.isProgram) return opened.digest;
  throw new CliFailure(
    'PROGRAM_UNSTARTED',
    'only a shell would start that: name the shell, and it as a word',
  );
}

function programItems({ path, real }: FoundProgram, digest: string): readonly SceneItem[] {
  return [path, real].map((name) => ({ kind: 'program', name, digest, used: true }));
}
