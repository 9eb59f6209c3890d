import { chmod, mkdir, readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import process from 'node:process';
import { replaceFile } from '../../files/replace-file.ts';
import type { Place } from '../../program/command.ts';
import { homeOf } from '../door/start-cell.ts';
import type { HookPlaces } from '../door/places.ts';

/** What hosts start, and what those load: small, and of node alone. */
const PROGRAMS = [
  ['ask.mjs', new URL('../thin/ask.ts', import.meta.url)],
  ['exec.mjs', new URL('../thin/exec.ts', import.meta.url)],
  ['execute.mjs', new URL('../../run/execute.ts', import.meta.url)],
  ['hash-file.mjs', new URL('../../run/hash-file.ts', import.meta.url)],
] as const;
const OWN_IMPORT = /(from\s+['"])(?:\.{1,2}\/)+(?:[\w-]+\/)*([\w-]+)\.(?:ts|js)(['"])/g;

/**
 * Puts them beside the settings of the door, as plain JavaScript: it starts in half the time of a source with
 * types, and does not change with the checkout that a developer works in.
 */
export async function writePrograms(place: Place, places: HookPlaces): Promise<void> {
  await mkdir(places.directory, { recursive: true, mode: 0o700 });
  await chmod(places.directory, 0o700);
  for (const [name, source] of PROGRAMS) {
    const text = await readSource(source);
    await replaceFile(`${places.directory}/${name}`, text.replaceAll(OWN_IMPORT, '$1./$2.mjs$3'));
  }
  const { argv, execArgv, execPath } = process;
  const program = {
    command: [execPath, ...execArgv, argv[1] ?? '', 'hook-door'],
    environment: homeOf(place),
    socket: places.socket,
    log: places.log,
  };
  await replaceFile(`${places.directory}/program.json`, `${JSON.stringify(program)}\n`);
}

/** A source where this runs from sources, and what was made of it where this was built. */
async function readSource(source: URL): Promise<string> {
  const typed = await readFile(source, 'utf8').catch(() => null);
  if (typed === null) return readFile(new URL(source.href.replace(/\.ts$/, '.js')), 'utf8');
  // The runtime warns that this may change; what it gives is tried at once by the canary of the installation.
  const emit = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(typed);
  } finally {
    process.emitWarning = emit;
  }
}
