import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** Everything that changes a name. */
const OPERATIONS = ['rename', 'link', 'unlink', 'rm', 'mkdir'] as const;

export class Crashed extends Error {}

export type CrashPlan = {
  /** Lets the file system work again, and says how many names were changed until then. */
  end(): number;
};

/**
 * From the n-th change of a name on, 1 being the first, the file system takes no more: what a process leaves
 * that dies there. What is in locks and databases is closed by the same unwinding that a real death brings.
 */
export function crashAtName(nth: number): CrashPlan {
  let count = 0;
  const originals = OPERATIONS.map((name) => [name, files[name]] as const);
  for (const [name, original] of originals) {
    const counted = (...parameters: unknown[]): unknown => {
      count += 1;
      if (count >= nth) return Promise.reject(new Crashed(`at ${name}`));
      const operation = original as (...all: unknown[]) => unknown; // any of the five
      return operation(...parameters);
    };
    Object.assign(files, { [name]: counted });
  }
  syncBuiltinESMExports();
  return {
    end() {
      for (const [name, original] of originals) Object.assign(files, { [name]: original });
      syncBuiltinESMExports();
      return count;
    },
  };
}
