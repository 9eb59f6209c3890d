import { createHash } from 'node:crypto';
import type { Choices } from './choices.ts';

/** Whatever dies as one: a process of a cell, or a client. */
export type Owner = { readonly name: string; alive: boolean };

type Event = {
  readonly owner: Owner;
  readonly label: string;
  /** It has left its process: it may still take place after that one has died. */
  readonly outlives: boolean;
  /** Rarely chosen while others can run. */
  readonly slow: boolean;
  run(): void;
};

/** Owns the order of everything: each port and each client waits here, and one event at a time is let go. */
export type Scheduler = {
  later(owner: Owner, label: string, run: () => void, outlives?: boolean): void;
  /** Resolves when it is chosen; never, once its owner is dead. */
  wait(owner: Owner, label: string): Promise<void>;
  /** Lets one event happen and all that follows from it at once. False when there is none. */
  step(): Promise<boolean>;
  kill(owner: Owner): void;
  note(line: string): void;
  waitingOf(owner: Owner): readonly string[];
  readonly trace: readonly string[];
  /** Steps that were a choice between at least two events: the interleavings. */
  interleavings(): number;
  digest(): string;
};

/** So often in a thousand an event is a slow one, and then it is put off. */
const SLOW_PERMILLE = 60;
const PUT_OFF_PERMILLE = 900;
/** What had left its process when that one died arrives or is lost. */
const OUTLIVE_PERMILLE = 400;

export function openScheduler(choices: Choices): Scheduler {
  let events: Event[] = [];
  let interleavings = 0;
  const trace: string[] = [];
  const hash = createHash('sha256');
  const note = (line: string): void => {
    trace.push(line);
    hash.update(`${line}\n`);
  };
  const later: Scheduler['later'] = (owner, label, run, outlives = false) => {
    if (!owner.alive && !outlives) return;
    events.push({ owner, label, outlives, slow: choices.chance(SLOW_PERMILLE), run });
  };
  const choose = (): number => {
    const at = choices.draw(events.length);
    const putOff = events[at]?.slow === true && events.length > 1 && choices.chance(PUT_OFF_PERMILLE);
    return putOff ? choices.draw(events.length) : at;
  };
  return {
    later,
    wait: (owner, label) => new Promise((resolve) => later(owner, label, resolve)),
    async step() {
      if (events.length === 0) return false;
      if (events.length > 1) interleavings += 1;
      const [event] = events.splice(choose(), 1);
      if (event === undefined) return false;
      note(`${event.owner.name}: ${event.label}`);
      event.run();
      await settled();
      return true;
    },
    kill(owner) {
      owner.alive = false;
      events = events.filter((event) => event.owner !== owner || mayOutlive(event, choices));
    },
    note,
    waitingOf: (owner) => events.filter((event) => event.owner === owner).map((event) => event.label),
    trace,
    interleavings: () => interleavings,
    digest: () => hash.copy().digest('hex'),
  };
}

function mayOutlive({ outlives }: Event, choices: Choices): boolean {
  return outlives && choices.chance(OUTLIVE_PERMILLE);
}

/**
 * All promises that can settle have settled once the event loop turns: nothing here waits for anything else.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
