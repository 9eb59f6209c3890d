import { randomBytes } from 'node:crypto';
import { chmod, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, isAbsolute, join } from 'node:path';
import process from 'node:process';
import { readBook } from '../../client/address-book.ts';
import { clientHome, openClientHome } from '../../client/client-home.ts';
import { askPerson } from '../../desk/ask-person.ts';
import { personsTerminal } from '../../desk/answer-command.ts';
import { withDesk } from '../../desk/with-desk.ts';
import type { Call, Environment, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { countOf } from '../../program/read-words.ts';
import { good, plain, warn } from '../../terminal/line.ts';
import { type HookPlaces, hookPlaces } from '../door/places.ts';
import { type HookSettings, readHookSettings, writeHookSettings } from '../door/settings.ts';
import { furnish } from './furnish.ts';
import {
  diffLines,
  holdsOurs,
  type HostFile,
  readHostFile,
  withHooks,
  withoutHooks,
  writeHostFile,
} from './host-settings.ts';
import { BLOCKS_SINCE_TEXT, type HostVersion, hostVersion } from './host-version.ts';
import { digestOfText, keepHost, readKeptHost } from './kept-host.ts';
import { ourGroups, ourHooks } from './our-hooks.ts';
import { restartDoor, tryDoor } from './try-door.ts';
import { writePrograms } from './write-programs.ts';

const PORT_WANTED = 8788;
const PORT_MAX = 65_535;
const KEY_BYTES = 32;
/** Whoever is this user reads it; a host that other users run reads it too. */
const MANAGED_MODE = 0o644;
const HOST = 'claude-code';

/** Puts the door before the calls of a host: declared, shown, and only then written. */
export const run: Run = async (call) => {
  mustBeHost(call);
  const version = await hostVersion(call.text('host-version'), call.environment, process.cwd());
  const places = hookPlaces(call);
  const settings = await settingsFor(call, places, version);
  const file = await readHostFile(settings.host_settings);
  await openClientHome(clientHome(call.environment, call.user_home));
  const ours = ourGroups(places);
  const text = withHooks(file, ourHooks(settings, places), ours);
  await confirm(call, file, { text: text.replaceAll(settings.key, '…'), version });
  if ((await readBook(clientHome(call.environment, call.user_home))) === null) {
    const { initialise } = await import('../../local/init-command.ts');
    await initialise(call, 'local');
  }
  const { said, tools } = await withDesk(call, furnish);
  await writePrograms(call, places);
  await writeHookSettings(places, { ...settings, tools });
  await writeHost(places, file, { text, managed: call.flag('managed') });
  await restartDoor(call, places);
  const tried = await tryDoor(places);
  return {
    exit: tried.fired ? 0 : 1,
    lines: [
      ...said.map((line) => plain(line)),
      good(`the hooks stand in ${settings.host_settings}`),
      tried.fired ? good(tried.message) : warn(tried.message),
      plain('this is wall 1, a sign: whatever runs as this user can get round it (docs/walls.md)'),
    ],
    json: { exit: tried.fired ? 0 : 1, settings: settings.host_settings, way: settings.way, said, tried },
  };
};

export function mustBeHost(call: Call): void {
  if (call.operands[0] !== HOST) throw new CliFailure('USAGE', `the only host that is known is ${HOST}`);
}

/** Settled once and kept, so that installing again changes nothing. */
async function settingsFor(
  call: Call,
  places: HookPlaces,
  version: HostVersion,
): Promise<Omit<HookSettings, 'tools'>> {
  const managed = call.flag('managed');
  const way = call.flag('command') || managed ? 'command' : 'http';
  if (!version.blocks && way === 'http') {
    const why = `Claude Code ${version.text} lets a call run when a hook over HTTP fails`;
    const advice = `it needs ${BLOCKS_SINCE_TEXT}: update it, or --command`;
    throw new CliFailure('HOST_TOO_OLD', `${why}; ${advice}`, 1);
  }
  const before = await readHookSettings(places).catch(() => null);
  const wanted = call.text('settings') ?? hostSettingsPath(call, managed);
  if (!isAbsolute(wanted)) throw new CliFailure('USAGE', '--settings is an absolute path');
  // Through a link, so that what keeps the settings elsewhere goes on keeping them.
  const host_settings = await realpath(wanted).catch(() => wanted);
  return {
    port: call.text('port') === null ? (before?.port ?? (await freePort())) : await namedPort(call),
    key: before?.key ?? randomBytes(KEY_BYTES).toString('base64url'),
    environment: environmentOf(call),
    host_settings,
    way,
  };
}

function hostSettingsPath({ environment, user_home }: Call, managed: boolean): string {
  if (!managed) return join(environment['CLAUDE_CONFIG_DIR'] ?? join(user_home, '.claude'), 'settings.json');
  return process.platform === 'darwin'
    ? '/Library/Application Support/ClaudeCode/managed-settings.json'
    : '/etc/claude-code/managed-settings.json';
}

const GIVEN = ['HOME', 'LANG', 'LC_ALL', 'LOGNAME', 'SHELL', 'TERM', 'TMPDIR', 'TZ', 'USER'];

/** What every command will have, from now on and whoever starts the host: the search path of this moment. */
function environmentOf(call: Call): Environment {
  const kept: Record<string, string> = { PATH: searchPathOf(call.environment['PATH'] ?? '') };
  for (const name of [...GIVEN, ...call.list('env')]) {
    const value = call.environment[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** Without what npm puts before it, which is another directory in each project. */
function searchPathOf(path: string): string {
  const entries = path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !entry.includes('/node_modules/'));
  return [...new Set(entries)].join(delimiter);
}

async function namedPort(call: Call): Promise<number> {
  const port = countOf(call, 'port') ?? 0;
  if (port > PORT_MAX) throw new CliFailure('USAGE', '--port is a port, from 0 to 65535');
  const free = await portIfFree(port);
  if (free === null) throw new CliFailure('PORT_TAKEN', `another program listens on port ${port}`, 1);
  return free;
}

async function freePort(): Promise<number> {
  return (await portIfFree(PORT_WANTED)) ?? (await portIfFree(0)) ?? PORT_WANTED;
}

function portIfFree(port: number): Promise<number | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(taken));
    });
  });
}

/** Everything is shown before anything is written. */
async function confirm(
  call: Call,
  file: HostFile,
  { text, version }: { readonly text: string; readonly version: HostVersion },
): Promise<void> {
  const shown = [
    `Claude Code ${version.text}: these lines change in ${file.path}`,
    ...diffLines(file.text ?? '', text),
    'and in the cell here: the tools of this release, a policy where there is none, an agent and a door',
  ];
  if (!version.blocks) shown.push('WARNING: this version lets a call run when the hook cannot be started');
  if (call.flag('yes')) {
    for (const line of shown) call.say(plain(line));
    return;
  }
  if (!personsTerminal().isTerminal) {
    for (const line of shown) call.say(plain(line));
    throw new CliFailure('PERSON_NEEDED', 'nothing was written: run this at a terminal, or give --yes');
  }
  await askPerson(personsTerminal(), { shown, word: 'install', unattended: false });
}

async function writeHost(
  places: HookPlaces,
  file: HostFile,
  { text, managed }: { readonly text: string; readonly managed: boolean },
): Promise<void> {
  const kept = await readKeptHost(places);
  const isOurs = kept !== null && file.text !== null && digestOfText(file.text) === kept.written;
  const before = isOurs && kept.file.path === file.path ? kept.file : beforeUs(places, file);
  // Kept first: what is written can be taken back from the moment it stands.
  await keepHost(places, { file: before, written: digestOfText(text) });
  await writeHostFile(file.path, text);
  if (managed) await chmod(file.path, MANAGED_MODE);
}

/** The settings without us, as they stand; to the byte where nothing of ours was there. */
function beforeUs(places: HookPlaces, file: HostFile): HostFile {
  if (file.text === null || !holdsOurs(file, ourGroups(places))) return file;
  return { ...file, text: withoutHooks(file, ourGroups(places)) };
}
