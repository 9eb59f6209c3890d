import type { Command } from '@writ/contract';
import type { State } from '@writ/kernel';
import { openFreezeLimiter } from './freeze-limiter.ts';

/** Who goes first when the cell is busy (HEART §5). */
export const ADMISSION_CLASSES = ['freeze', 'cell', 'outcome', 'commit', 'answer', 'propose'] as const;
export type AdmissionClass = (typeof ADMISSION_CLASSES)[number];

/** Waiting commands in all; what is over is refused at once and may be tried again. */
export const QUEUE_COMMANDS_MAX = 4_096;
/** Bytes of waiting commands. */
export const QUEUE_BYTES_MAX: number = 64 * 1024 * 1024;
/** Places that only freezes, and the cell's own commands, may take, and bytes beyond those of all others. */
export const RESERVED_COMMANDS = 64;
export const RESERVED_BYTES: number = 64 * 1024;
/**
 * What one namespace, and one lane in it, may have waiting in a class: a flood must leave places for the
 * others, or turns are no use.
 */
export const NAMESPACE_COMMANDS_MAX = 2_048;
export const NAMESPACE_BYTES_MAX: number = 32 * 1024 * 1024;
export const LANE_COMMANDS_MAX = 1_024;
export const LANE_BYTES_MAX: number = 16 * 1024 * 1024;
/** Freezes have few places of their own: a half of them for one namespace, an eighth for one credential. */
export const NAMESPACE_FREEZES_MAX: number = RESERVED_COMMANDS / 2;
export const LANE_FREEZES_MAX: number = RESERVED_COMMANDS / 8;

export function classOf(command: Command): AdmissionClass {
  switch (command.kind) {
    case 'freeze':
    case 'thaw':
      return 'freeze';
    case 'term':
    case 'clock':
    case 'tick':
    case 'engine':
    case 'snapshot':
    case 'quarantine':
    case 'genesis':
    case 'close_questions':
      return 'cell';
    case 'outcome':
      return 'outcome';
    case 'commit':
      return 'commit';
    case 'approve':
    case 'deny':
    case 'release':
      return 'answer';
    case 'propose':
    case 'erase':
    case 'rotate_key':
    case 'register_namespace':
    case 'register_principal':
    case 'register_tool':
    case 'register_policy':
    case 'disable_principal':
    case 'register_credential':
    case 'end_credential':
    case 'open_questions':
      return 'propose';
    default:
      return command satisfies never;
  }
}

/**
 * Whose turn it is among equals: one tenant's flood does not delay another's single call, nor does one
 * principal's within a tenant.
 */
export type Turn = { readonly ns: string; readonly lane: string };

const OWN: Turn = { ns: 'cell', lane: 'cell' };
/** All who are nobody wait in one line. */
const NOBODY: Turn = { ns: 'nobody', lane: 'nobody' };

export function turnOf(state: State, command: Command): Turn {
  if (!('by' in command)) return OWN;
  const principal = state.principals.get(command.by);
  return principal === undefined ? NOBODY : { ns: principal.ns, lane: principal.id };
}

export type Admitted<T> = Turn & {
  readonly command: Command;
  readonly bytes: number;
  readonly item: T;
};

/** Nothing was taken when the queue is full, or when one credential freezes and thaws too often. */
export type Offered = 'taken' | 'full' | 'too_often';

export type Admission<T> = {
  offer(entry: Admitted<T>, elapsed_ms: number): Offered;
  take(): Admitted<T> | undefined;
  size(): number;
  drain(): readonly Admitted<T>[];
};

type Lane<T> = { readonly entries: Admitted<T>[]; bytes: number };
type Space<T> = { readonly lanes: Map<string, Lane<T>>; count: number; bytes: number };
type Spaces<T> = Map<string, Space<T>>;

/** A bounded queue: classes in order of weight, in a class one namespace after the other, in it one lane. */
export function openAdmission<T>(): Admission<T> {
  const classes = new Map<AdmissionClass, Spaces<T>>(ADMISSION_CLASSES.map((name) => [name, new Map()]));
  const limiter = openFreezeLimiter();
  let count = 0;
  let bytes = 0;
  const hasRoom = (name: AdmissionClass, entry: Admitted<T>): boolean => {
    const reserved = name === 'freeze' || name === 'cell';
    const places = reserved ? QUEUE_COMMANDS_MAX : QUEUE_COMMANDS_MAX - RESERVED_COMMANDS;
    const room = reserved ? QUEUE_BYTES_MAX + RESERVED_BYTES : QUEUE_BYTES_MAX;
    return count < places && bytes + entry.bytes <= room;
  };
  const take = (): Admitted<T> | undefined => {
    for (const spaces of classes.values()) {
      const entry = takeFrom(spaces);
      if (entry === undefined) continue;
      count -= 1;
      bytes -= entry.bytes;
      return entry;
    }
    return undefined;
  };
  return {
    offer(entry, elapsed_ms) {
      const name = classOf(entry.command);
      const spaces = classes.get(name);
      if (spaces === undefined || !hasRoom(name, entry)) return 'full';
      const space: Space<T> = spaces.get(entry.ns) ?? { lanes: new Map(), count: 0, bytes: 0 };
      const lane: Lane<T> = space.lanes.get(entry.lane) ?? { entries: [], bytes: 0 };
      if (!fits(name, entry, space, lane)) return 'full';
      if (name === 'freeze' && !limiter.admit(entry.lane, elapsed_ms)) return 'too_often';
      count += 1;
      bytes += entry.bytes;
      put(entry, space, lane);
      spaces.set(entry.ns, space);
      return 'taken';
    },
    take,
    size: () => count,
    drain() {
      const all: Admitted<T>[] = [];
      for (let entry = take(); entry !== undefined; entry = take()) all.push(entry);
      return all;
    },
  };
}

function fits<T>(name: AdmissionClass, { bytes }: Admitted<T>, space: Space<T>, lane: Lane<T>): boolean {
  const freezes = name === 'freeze';
  return (
    space.count < (freezes ? NAMESPACE_FREEZES_MAX : NAMESPACE_COMMANDS_MAX) &&
    space.bytes + bytes <= NAMESPACE_BYTES_MAX &&
    lane.entries.length < (freezes ? LANE_FREEZES_MAX : LANE_COMMANDS_MAX) &&
    lane.bytes + bytes <= LANE_BYTES_MAX
  );
}

function put<T>(entry: Admitted<T>, space: Space<T>, lane: Lane<T>): void {
  lane.entries.push(entry);
  lane.bytes += entry.bytes;
  space.count += 1;
  space.bytes += entry.bytes;
  space.lanes.set(entry.lane, lane);
}

/** The first lane of the first namespace gives one entry, and both go to the end. */
function takeFrom<T>(spaces: Spaces<T>): Admitted<T> | undefined {
  for (const [ns, space] of spaces) {
    const entry = takeFromSpace(space);
    spaces.delete(ns);
    if (entry === undefined) continue;
    space.count -= 1;
    space.bytes -= entry.bytes;
    if (space.count > 0) spaces.set(ns, space);
    return entry;
  }
  return undefined;
}

function takeFromSpace<T>({ lanes }: Space<T>): Admitted<T> | undefined {
  for (const [name, lane] of lanes) {
    const entry = lane.entries.shift();
    lanes.delete(name);
    if (entry === undefined) continue;
    lane.bytes -= entry.bytes;
    if (lane.entries.length > 0) lanes.set(name, lane);
    return entry;
  }
  return undefined;
}
