import process from 'node:process';
import type { JsonObject } from '@writ/contract';
import type { JsonValue } from '@writ/proof';
import { quoteWord } from '../door/exec-line.ts';
import type { HookPlaces } from '../door/places.ts';
import type { HookSettings } from '../door/settings.ts';
import { isObject } from '../host/read-event.ts';

/** As long as starting a cell may take, and some. */
const TIMEOUT_S = 30;
/** Before calls, after them, and when a session begins. */
const JUDGED = ['PreToolUse', 'PostToolUse', 'PostToolUseFailure'] as const;
const BEGINNING = 'SessionStart';

export type OurHook =
  | { readonly kind: 'http'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'command'; readonly command: string };

/** Everything that the settings of the host must hold, event by event. */
export function ourHooks(
  settings: Pick<HookSettings, 'port' | 'key' | 'way'>,
  places: Pick<HookPlaces, 'ask'>,
): Readonly<Record<string, JsonObject>> {
  const judging = settings.way === 'http' ? httpHook(settings) : commandHook(places);
  const groups = JUDGED.map((event) => [event, { matcher: '*', hooks: [judging] }] as const);
  // Hosts start nothing but a command when a session begins; it is also what starts the door.
  return { ...Object.fromEntries(groups), [BEGINNING]: { hooks: [commandHook(places)] } };
}

function httpHook({ port, key }: Pick<HookSettings, 'port' | 'key'>): JsonObject {
  return {
    type: 'http',
    url: `http://127.0.0.1:${port}/claude-code`,
    headers: { Authorization: `Bearer ${key}` },
    timeout: TIMEOUT_S,
    onFailure: 'block',
  };
}

/** Absolute paths, and an environment in which nothing is set: no option of node, no loader, no PATH. */
function commandHook({ ask }: Pick<HookPlaces, 'ask'>): JsonObject {
  return { type: 'command', command: commandLine({ ask }), timeout: TIMEOUT_S, onFailure: 'block' };
}

function commandLine({ ask }: Pick<HookPlaces, 'ask'>): string {
  return `/usr/bin/env -i ${quoteWord(process.execPath)} ${quoteWord(ask)}`;
}

/** The hook before calls that the settings hold, if it is ours, for all tools, and one that blocks. */
export function hookOf(
  settings: JsonValue,
  ours: Pick<HookSettings, 'port' | 'key' | 'way'>,
  places: Pick<HookPlaces, 'ask'>,
): OurHook | null {
  const wanted = ourHooks(ours, places)['PreToolUse'];
  const groups = isObject(settings) && isObject(settings['hooks']) ? settings['hooks']['PreToolUse'] : null;
  const isThere = Array.isArray(groups) && groups.some((group: JsonValue) => isSame(group, wanted ?? null));
  if (!isThere) return null;
  if (ours.way === 'command') return { kind: 'command', command: commandLine(places) };
  const url = `http://127.0.0.1:${ours.port}/claude-code`;
  return { kind: 'http', url, headers: { authorization: `Bearer ${ours.key}` } };
}

const OUR_URL = /^http:\/\/127\.0\.0\.1:[0-9]{1,5}\/claude-code$/;

/** Whether a group holds our hooks and no other: of this installation, or of an earlier one here. */
export function ourGroups({ ask }: Pick<HookPlaces, 'ask'>): (group: JsonValue) => boolean {
  return (group) => {
    const hooks = isObject(group) ? group['hooks'] : null;
    if (!Array.isArray(hooks) || hooks.length === 0) return false;
    return (hooks as readonly JsonValue[]).every((hook) => {
      if (!isObject(hook)) return false;
      const { url, command } = hook;
      const isCommand = typeof command === 'string' && command.endsWith(` ${quoteWord(ask)}`);
      return isCommand || (typeof url === 'string' && OUR_URL.test(url));
    });
  };
}

/** The same members with the same values, in whatever order. */
export function isSame(left: JsonValue, right: JsonValue): boolean {
  return stable(left) === stable(right);
}

function stable(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((one: JsonValue) => stable(one)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${stable(one)}`).join(',')}}`;
}
