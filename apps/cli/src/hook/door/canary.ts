import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type JsonValue, parseJson, printJson } from '@writ/proof';
import { isObject } from '../host/read-event.ts';
import { hookOf, type OurHook } from '../setup/our-hooks.ts';
import type { DoorContext } from './context.ts';

/** No host has a tool of this name: a call of it is one of ours. */
export const CANARY_TOOL = 'WritCanary';
/** Longer than a cell may take to open, shorter than the host waits for a hook. */
const TRIAL_MS_MAX = 25_000;

/** What a canary call is answered with when all of the way was gone: by the hook, the door and the cell. */
export function canaryReason(nonce: string): string {
  return `Writ: canary ${nonce} is judged and refused, as it must be`;
}

/**
 * Makes one call as the host would: with the hook that its settings hold now, whatever was written there
 * once. It fired if the call came back refused, with the word that only this call knows. Null, or why it did
 * not.
 */
export async function tryCanary(
  { settings, places }: Pick<DoorContext, 'settings' | 'places'>,
  base: { readonly session: string; readonly directory: string },
): Promise<string | null> {
  const text = await readFile(settings.host_settings, 'utf8').catch(() => null);
  if (text === null) return 'the settings of the host cannot be read';
  let value: JsonValue;
  try {
    value = parseJson(Buffer.from(text));
  } catch {
    return 'the settings of the host are no JSON';
  }
  if (isObject(value) && value['disableAllHooks'] === true) return 'the settings switch all hooks off';
  const hook = hookOf(value, settings, places);
  if (hook === null) return 'the settings hold no hook of ours before calls';
  const nonce = randomBytes(16).toString('hex');
  const event = printJson({
    session_id: base.session,
    cwd: base.directory,
    hook_event_name: 'PreToolUse',
    tool_name: CANARY_TOOL,
    tool_input: { nonce },
    tool_use_id: `canary_${nonce}`,
  });
  const said = await call(hook, event).catch(() => '');
  return said.includes(canaryReason(nonce)) ? null : 'the hook before calls does not answer as it must';
}

function call(hook: OurHook, event: string): Promise<string> {
  if (hook.kind === 'http') {
    return fetch(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...hook.headers },
      body: event,
      signal: AbortSignal.timeout(TRIAL_MS_MAX),
    }).then((response) => (response.ok ? response.text() : ''));
  }
  return new Promise((resolve, reject) => {
    const child = execFile('/bin/sh', ['-c', hook.command], { timeout: TRIAL_MS_MAX }, (error, out) => {
      if (error === null) resolve(out);
      else reject(error);
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(event);
  });
}
