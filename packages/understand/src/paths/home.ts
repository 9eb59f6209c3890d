import type { Scene } from '@writ/contract';

/** Another user's home, or ours where nobody said which: outside of every workspace. */
const HOMES = '/home/*';
const OWN_HOME = /^(?:~|\$HOME|\$\{HOME\}|%USERPROFILE%|%HOMEPATH%|\$env:USERPROFILE)(?=\/|$)/i;
const WORKING = /^(?:\$PWD|\$\{PWD\}|\$\(pwd\))(?=\/|$)/;
const OTHER_HOME = /^~[A-Za-z_][A-Za-z0-9_.-]{0,31}(?=\/|$)/;
/** Names of the environment are in capitals; `$id.tsx` is a file. */
const VARIABLE = /^(?:\$[A-Z_][A-Z0-9_]*|\$\{[^}/]*\}|%[A-Z_][A-Z0-9_()]{2,}%)(?=\/|$)/;

/**
 * A path with what many programs expand at its beginning, as a shell does; null where nobody knows to what.
 */
export function expandHome(text: string, scene: Scene | null): string | null {
  const own = OWN_HOME.exec(text)?.[0];
  if (own !== undefined) return `${scene?.home ?? `${HOMES}/~`}${text.slice(own.length)}`;
  const working = WORKING.exec(text)?.[0];
  if (working !== undefined) return `.${text.slice(working.length)}`;
  const other = OTHER_HOME.exec(text)?.[0];
  if (other !== undefined) return `${HOMES}/${other}${text.slice(other.length)}`;
  return VARIABLE.test(text) ? null : text;
}
