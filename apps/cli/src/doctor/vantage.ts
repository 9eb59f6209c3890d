import process from 'node:process';
import type { RememberedCheckpoint, Trust } from '@writ/proof';
import { NOT_ROOT, OTHER_USER } from './finding.ts';
import type { LiveDoor } from './live-doors.ts';

/** What is attacked: where one installation keeps what, known or not whether it is there. */
export type Target = {
  /** The directories of state, configuration and keys. */
  readonly roots: readonly string[];
  /** Keys and what this client holds; a directory that cannot be listed is tried by these names. */
  readonly secret_directories: readonly string[];
  readonly secrets: readonly string[];
  /** Log, parts, settings, anchor, and what clients trust. */
  readonly state_directories: readonly string[];
  readonly state: readonly string[];
  /** A hint of the cell's process, for those who may read it. */
  readonly holder: string;
  readonly socket: string;
  readonly port: number;
};

/** Whom this client believes, and the largest checkpoint it has seen of that log. */
export type Pinned = { readonly trust: Trust; readonly seen: RememberedCheckpoint | null };

/** Where an agent stands: this process, this user, and the key that it was given. */
export type Vantage = {
  readonly user: User;
  readonly target: Target;
  /** The doors of the cell that answer. */
  readonly doors: readonly LiveDoor[];
  readonly key: string | null;
  readonly pinned: Pinned | null;
};

/** `id` is null where users have no number. */
export type User = { readonly id: number | null; readonly is_root: boolean };

export function userOfProcess(): User {
  const id = process.geteuid?.() ?? null;
  return { id, is_root: id === 0 };
}

export function nextUserOf({ is_root }: User): string {
  return is_root ? NOT_ROOT : OTHER_USER;
}
