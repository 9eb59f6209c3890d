import type { Command } from '@writ/contract';

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
 * What one lane may have waiting in a class: a flood must leave places for the others, or turns are no use.
 */
export const LANE_COMMANDS_MAX = 1_024;
export const LANE_BYTES_MAX: number = 16 * 1024 * 1024;

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
      return 'propose';
    default:
      return command satisfies never;
  }
}

export type Admitted<T> = {
  readonly command: Command;
  readonly bytes: number;
  /** Whose turn it is among equals: one principal's flood does not delay another's single call. */
  readonly lane: string;
  readonly item: T;
};

export type Admission<T> = {
  /** False when the queue or its lane is full: nothing was taken. */
  offer(entry: Admitted<T>): boolean;
  take(): Admitted<T> | undefined;
  size(): number;
  drain(): readonly Admitted<T>[];
};

type Lane<T> = { readonly entries: Admitted<T>[]; bytes: number };
type Lanes<T> = Map<string, Lane<T>>;

/** A bounded queue: classes in order of weight, and within a class one lane after the other. */
export function openAdmission<T>(): Admission<T> {
  const classes = new Map<AdmissionClass, Lanes<T>>(ADMISSION_CLASSES.map((name) => [name, new Map()]));
  let count = 0;
  let bytes = 0;
  const remove = (entry: Admitted<T>): Admitted<T> => {
    count -= 1;
    bytes -= entry.bytes;
    return entry;
  };
  const take = (): Admitted<T> | undefined => {
    for (const lanes of classes.values()) {
      const entry = takeFrom(lanes);
      if (entry !== undefined) return remove(entry);
    }
    return undefined;
  };
  return {
    offer(entry) {
      const name = classOf(entry.command);
      const reserved = name === 'freeze' || name === 'cell';
      const places = reserved ? QUEUE_COMMANDS_MAX : QUEUE_COMMANDS_MAX - RESERVED_COMMANDS;
      const room = reserved ? QUEUE_BYTES_MAX + RESERVED_BYTES : QUEUE_BYTES_MAX;
      if (count >= places || bytes + entry.bytes > room) return false;
      const lanes: Lanes<T> = classes.get(name) ?? new Map();
      const lane = lanes.get(entry.lane) ?? { entries: [], bytes: 0 };
      if (lane.entries.length >= LANE_COMMANDS_MAX || lane.bytes + entry.bytes > LANE_BYTES_MAX) return false;
      count += 1;
      bytes += entry.bytes;
      lane.entries.push(entry);
      lane.bytes += entry.bytes;
      lanes.set(entry.lane, lane);
      return true;
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

/** The first lane gives one entry and goes to the end. */
function takeFrom<T>(lanes: Lanes<T>): Admitted<T> | undefined {
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
