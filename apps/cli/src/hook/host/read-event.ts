import { isAbsolute } from 'node:path';
import type { JsonObject } from '@writ/contract';
import { Failure, type JsonValue, parseJson } from '@writ/proof';

/**
 * What a call may be at most. Longer ones could not be recorded (spec 06), so reading them would be in vain.
 */
export const EVENT_BYTES_MAX: number = 1_048_576;
/** A result of a tool is read to be redacted; hosts cut what they show a model far below this. */
export const RESULT_BYTES_MAX: number = 16_777_216;
const LABEL_CHARACTERS_MAX = 128;
const PATH_CHARACTERS_MAX = 4096;
/** As deep and as many as hosts nest them; a text that is deeper is none of theirs. */
const EVENT_LIMITS = { depth: 64, values: 100_000 } as const;

type Base = {
  readonly session: string;
  /** Where the host is. */
  readonly directory: string;
};
export type HostCall = Base & {
  readonly tool: string;
  readonly input: JsonObject;
  /** The host's own name of this one call. */
  readonly use: string;
};

export type HookEvent =
  | ({ readonly kind: 'before' } & HostCall)
  | ({ readonly kind: 'after'; readonly response: JsonValue } & HostCall)
  | ({ readonly kind: 'failed'; readonly error: string } & HostCall)
  | ({ readonly kind: 'session' } & Base)
  /** Another event of the host, of which nothing is asked. */
  | { readonly kind: 'other' };

export type ReadEvent =
  | { readonly kind: 'read'; readonly event: HookEvent }
  | { readonly kind: 'malformed'; readonly where: string };

/**
 * What a host says, read strictly: a member that stands twice, a text that is no UTF-8 or nests too deep, a
 * number that is not exact. Members that this version does not know are left alone: hosts add some.
 */
export function readEvent(bytes: Uint8Array): ReadEvent {
  let value: JsonValue;
  try {
    value = parseJson(bytes, { ...EVENT_LIMITS, bytes: RESULT_BYTES_MAX });
  } catch (error) {
    if (error instanceof Failure) return malformed(error.code);
    throw error;
  }
  if (!isObject(value)) return malformed('no object');
  const { hook_event_name: name, session_id: session, cwd: directory } = value;
  if (typeof name !== 'string') return malformed('hook_event_name');
  if (!isLabel(session)) return malformed('session_id');
  if (typeof directory !== 'string' || !isAbsolute(directory) || directory.length > PATH_CHARACTERS_MAX)
    return malformed('cwd');
  return readNamed(name, value, { session, directory }, bytes.length);
}

function readNamed(name: string, value: JsonObject, base: Base, length: number): ReadEvent {
  switch (name) {
    case 'SessionStart':
      return { kind: 'read', event: { kind: 'session', ...base } };
    case 'PreToolUse': {
      if (length > EVENT_BYTES_MAX) return malformed('too large');
      const call = readCall(value, base);
      return typeof call === 'string'
        ? malformed(call)
        : { kind: 'read', event: { kind: 'before', ...call } };
    }
    case 'PostToolUse': {
      const call = readCall(value, base);
      if (typeof call === 'string') return malformed(call);
      return { kind: 'read', event: { kind: 'after', ...call, response: value['tool_response'] ?? null } };
    }
    case 'PostToolUseFailure': {
      const call = readCall(value, base);
      if (typeof call === 'string') return malformed(call);
      const { error } = value;
      return {
        kind: 'read',
        event: { kind: 'failed', ...call, error: typeof error === 'string' ? error : '' },
      };
    }
    default:
      return { kind: 'read', event: { kind: 'other' } };
  }
}

/** The call, or the member that is not as it must be. */
function readCall(value: JsonObject, base: Base): HostCall | string {
  const { tool_name: tool, tool_input: input, tool_use_id: use } = value;
  if (!isLabel(tool)) return 'tool_name';
  if (!isObject(input)) return 'tool_input';
  if (!isLabel(use)) return 'tool_use_id';
  return { ...base, tool, input, use };
}

function malformed(where: string): ReadEvent {
  return { kind: 'malformed', where };
}

function isLabel(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LABEL_CHARACTERS_MAX;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
