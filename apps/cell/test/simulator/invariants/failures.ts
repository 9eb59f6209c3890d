import type { CellEvent } from '../../../src/core/cell-ports.ts';
import { CoreFailure } from '../../../src/core/failure.ts';
import { JournalFailure } from '../../../src/journal/failure.ts';
import { PartFailure } from '../../../src/parts/failure.ts';
import { SealingFailure } from '../../../src/sealing/failure.ts';
import { SignerFailure } from '../../../src/signer/failure.ts';
import { Poisoned } from '../poison.ts';
import type { World } from '../world.ts';

/** Every failure that the cell speaks of is one that was planned, and it calls each by its name. */
export function checkEvent({ checks, faults }: Pick<World, 'checks' | 'faults'>, event: CellEvent): void {
  const { check } = checks;
  switch (event.kind) {
    case 'started':
    case 'quarantined':
    case 'clock_accepted':
    case 'erasure_failed': // told by the wiring around the core, which erases
      return;
    case 'failed':
      if (event.why === 'crash') {
        return check('only a poisoned command crashes', event.cause instanceof Poisoned, () =>
          say(event.cause),
        );
      }
      return check(
        'a failed write was planned',
        event.cause === null || isPlanned(event.cause) || isLateSealing({ faults }, event.cause),
        () => say(event.cause),
      );
    case 'reopening_failed':
      return check('a failed start was planned', isPlanned(event.cause), () => say(event.cause));
    case 'down': {
      const lied = ['read:stale', 'read:gap', 'read:torn'].some((kind) => faults.counts.has(kind));
      const right = event.why === 'corrupt' ? lied : event.cause instanceof Poisoned;
      return check('it stays down for a reason', right, () => `${event.why}: ${say(event.cause)}`);
    }
    default:
      return event satisfies never;
  }
}

/** Only a writer that is not the one any more does not know yet that a namespace was erased. */
function isLateSealing({ faults }: Pick<World, 'faults'>, cause: unknown): boolean {
  return cause instanceof SealingFailure && faults.counts.has('nature:second');
}

function isPlanned(cause: unknown): boolean {
  return (
    (cause instanceof JournalFailure && cause.code === 'JOURNAL_IO') ||
    cause instanceof PartFailure ||
    cause instanceof SignerFailure ||
    cause instanceof CoreFailure
  );
}

function say(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
