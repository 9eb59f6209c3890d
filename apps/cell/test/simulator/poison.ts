import type { Command } from '@writ/contract';
import { step as realStep } from '@writ/kernel/engine';

/** What a poisoned command throws inside the kernel. */
export class Poisoned extends Error {
  readonly code = 'POISONED';
  readonly command: string;

  constructor(command: string) {
    super('planned: this command cannot be decided');
    this.command = command;
  }
}

/** Commands that make deciding fail: before anything changed, or halfway, with the state already changed. */
export type Poison = {
  add(command: Command, moment: 'before' | 'after'): void;
  readonly step: typeof realStep;
};

export function openPoison(): Poison {
  const moments = new Map<string, 'before' | 'after'>();
  return {
    add: (command, moment) => void moments.set(JSON.stringify(command), moment),
    step(state, command, stamp, library) {
      const moment = moments.size === 0 ? undefined : moments.get(JSON.stringify(command));
      if (moment === undefined || stamp.quarantined === true) return realStep(state, command, stamp, library);
      if (moment === 'after') realStep(state, command, stamp, library);
      throw new Poisoned(JSON.stringify(command));
    },
  };
}
