import { CHANGING } from './changing.ts';
import { GIT } from './git.ts';
import { LOOKING } from './looking.ts';
import type { Programs } from './program.ts';
import { RUNNING } from './running.ts';
import { WRAPPING } from './wrapping.ts';

/** Families whose programs are known, one a file. No name stands in two of them. */
export const FAMILIES: Readonly<Record<string, Programs>> = {
  looking: LOOKING,
  changing: CHANGING,
  running: RUNNING,
  wrapping: WRAPPING,
  git: GIT,
};

export const PROGRAMS: Programs = Object.fromEntries(
  Object.values(FAMILIES).flatMap((family) => Object.entries(family)),
);
