import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { findProgram } from '../../run/find-program.ts';

/**
 * The first whose settings know `onFailure` for a hook: before it, a hook over HTTP that nobody answers lets
 * the call run, and so does a command that cannot start.
 */
const BLOCKS_SINCE: Version = [2, 1, 317];
const ASK_MS_MAX = 10_000;

type Version = readonly [major: number, minor: number, patch: number];

export type HostVersion = {
  readonly text: string;
  /** A hook that fails blocks the call. */
  readonly blocks: boolean;
};

/** The version of the host that is found, or that the person names. */
export async function hostVersion(
  named: string | null,
  environment: Environment,
  directory: string,
): Promise<HostVersion> {
  const text = named ?? (await askHost(environment, directory));
  const found = /(\d{1,6})\.(\d{1,6})\.(\d{1,6})/.exec(text);
  if (found === null)
    throw new CliFailure('HOST_UNKNOWN', 'that is no version of Claude Code: say 2.1.317', 1);
  const version = [Number(found[1]), Number(found[2]), Number(found[3])] as const;
  return { text: found[0], blocks: !isBefore(version, BLOCKS_SINCE) };
}

export const BLOCKS_SINCE_TEXT: string = BLOCKS_SINCE.join('.');

async function askHost(environment: Environment, directory: string): Promise<string> {
  const advice = 'install it, or say which version it is with --host-version';
  try {
    const { real } = await findProgram('claude', directory, environment['PATH']);
    const { stdout } = await promisify(execFile)(real, ['--version'], { timeout: ASK_MS_MAX });
    return stdout;
  } catch {
    throw new CliFailure(
      'HOST_MISSING',
      `there is no program claude here that says its version: ${advice}`,
      1,
    );
  }
}

function isBefore(left: Version, right: Version): boolean {
  for (const at of [0, 1, 2] as const) {
    if (left[at] !== right[at]) return left[at] < right[at];
  }
  return false;
}
