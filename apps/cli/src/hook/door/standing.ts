import { readFile } from 'node:fs/promises';
import { type JsonValue, parseJson, printJson } from '@writ/proof';
import { replaceFile } from '../../files/replace-file.ts';
import { isObject } from '../host/read-event.ts';
import type { HookPlaces } from './places.ts';

/** What became of calls: `held` are final refusals, also where the door only observes. */
export const COUNTED = ['calls', 'allowed', 'would_ask', 'would_block', 'asked', 'blocked', 'held'] as const;
export type Counted = (typeof COUNTED)[number];
export type Day = Readonly<Record<Counted, number>>;

/** Whether the hook before a call really ran, as it was last tried. */
export type Canary = { readonly at: number; readonly fired: boolean; readonly why: string };

export type StandingFile = {
  readonly days: Readonly<Record<string, Day>>;
  readonly canary: Canary | null;
  /** Calls whose result came here, and before which nobody had asked. */
  readonly missed: number;
};

export type Standing = {
  count(...what: readonly Counted[]): void;
  canary(fired: boolean, why: string): void;
  miss(): void;
  readonly now: () => StandingFile;
  /** What was counted is on the disk when it resolves. */
  flush(): Promise<void>;
};

const FORMAT = 'writ-hook-standing/v1';
const DAYS_MAX = 31;
const WRITE_INTERVAL_MS = 1000;
const EMPTY: Day = {
  calls: 0,
  allowed: 0,
  would_ask: 0,
  would_block: 0,
  asked: 0,
  blocked: 0,
  held: 0,
};
const NOTHING: StandingFile = { days: {}, canary: null, missed: 0 };

/** Counts for people. Records are in the log; what is lost here with a crash is lost of a summary. */
export async function openStanding(places: HookPlaces): Promise<Standing> {
  let file = (await readStanding(places)) ?? NOTHING;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing = writing
      .catch(() => {})
      .then(() => replaceFile(places.standing, `${printJson({ format: FORMAT, ...file })}\n`));
    return writing;
  };
  const change = (next: StandingFile): void => {
    file = next;
    timer ??= setTimeout(() => void flush().catch(() => {}), WRITE_INTERVAL_MS).unref();
  };
  return {
    now: () => file,
    flush,
    count(...what) {
      const name = dayOf(Date.now());
      const counts: Record<Counted, number> = { ...EMPTY, ...file.days[name] };
      for (const one of what) counts[one] += 1;
      const days = Object.entries({ ...file.days, [name]: counts }).sort(([left], [right]) =>
        left < right ? -1 : 1,
      );
      change({ ...file, days: Object.fromEntries(days.slice(-DAYS_MAX)) });
    },
    canary: (fired, why) => change({ ...file, canary: { at: Date.now(), fired, why } }),
    miss: () => change({ ...file, missed: file.missed + 1 }),
  };
}

export async function readStanding(places: HookPlaces): Promise<StandingFile | null> {
  const bytes = await readFile(places.standing).catch(() => null);
  if (bytes === null) return null;
  try {
    return parse(parseJson(bytes));
  } catch {
    // A summary: one that is damaged begins anew.
    return null;
  }
}

/** The day here, where the person is. */
export function dayOf(time_ms: number): string {
  const time = new Date(time_ms);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** One line of what a day came to; null for a day without calls. */
export function lineOfDay({ days }: StandingFile, name: string): string | null {
  const day = days[name];
  if (day === undefined || day.calls === 0) return null;
  const observed = `${day.would_ask} would have been asked and ${day.would_block} blocked, were it enforced`;
  const enforced = `${day.allowed} allowed, ${day.asked} asked, ${day.blocked + day.held} blocked`;
  return `${day.calls} calls: ${enforced}; ${observed}`;
}

function parse(value: JsonValue): StandingFile | null {
  if (!isObject(value) || value['format'] !== FORMAT || !isObject(value['days'])) return null;
  const days = Object.entries(value['days']).flatMap(([name, day]) =>
    isObject(day) ? [[name, dayFrom(day)] as const] : [],
  );
  const { canary, missed } = value;
  return {
    days: Object.fromEntries(days),
    canary: isObject(canary) ? canaryFrom(canary) : null,
    missed: numberFrom(missed),
  };
}

function dayFrom(day: Readonly<Record<string, JsonValue>>): Day {
  return Object.fromEntries(COUNTED.map((name) => [name, numberFrom(day[name])])) as Day; // one of each
}

function canaryFrom({ at, fired, why }: Readonly<Record<string, JsonValue>>): Canary {
  return { at: numberFrom(at), fired: fired === true, why: typeof why === 'string' ? why : '' };
}

function numberFrom(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
