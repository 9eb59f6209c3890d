import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';

export type FoundProgram = {
  /** Where its name led: an entry of PATH, or the path that was given. */
  readonly path: string;
  /** The file itself, links followed. */
  readonly real: string;
};

const NOT_FOUND = 127;

/** As a shell finds it, but relative entries of PATH are none: they mean another place in each directory. */
export async function findProgram(
  name: string,
  directory: string,
  search: string | undefined,
): Promise<FoundProgram> {
  const paths = name.includes('/')
    ? [resolve(directory, name)]
    : (search ?? '')
        .split(':')
        .filter(isAbsolute)
        .map((entry) => join(entry, name));
  for (const path of name === '' ? [] : paths) {
    const real = await executable(path);
    if (real !== null) return { path, real };
  }
  throw new CliFailure(
    'PROGRAM_MISSING',
    `there is no program ${quoteText(name)}: nothing was proposed`,
    NOT_FOUND,
  );
}

async function executable(path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    await access(real, constants.X_OK);
    return (await stat(real)).isFile() ? real : null;
  } catch {
    return null;
  }
}
