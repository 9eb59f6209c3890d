import { openRandom } from './random.ts';
import { TARGETS } from './targets.ts';

export type Fuzzed = {
  readonly target: string;
  readonly cases: number;
  readonly problems: readonly string[];
};

const PROBLEMS_MAX = 20;

/** So many cases of each target; what goes wrong is told with the number of its case. */
export function fuzz(seed: number, cases: number, wanted = ''): readonly Fuzzed[] {
  return TARGETS.filter(({ name }) => name.includes(wanted)).map(({ name, tryOne }) => {
    const problems: string[] = [];
    for (let at = 0; at < cases && problems.length < PROBLEMS_MAX; at++) {
      const problem = tell(() => tryOne(openRandom(seed * 1_000_003 + at)));
      if (problem !== null) problems.push(`case ${at}: ${problem}`);
    }
    return { target: name, cases, problems };
  });
}

function tell(run: () => string | null): string | null {
  try {
    return run();
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : 'something'}`;
  }
}
