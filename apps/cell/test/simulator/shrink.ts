import { type Report, simulate } from './simulate.ts';

/** Lines of trace that are replayed for one failure at most: shorter runs are tried more often. */
const LINES_MAX = 60_000;

/** Short worlds beside the one that failed, shortest first: most rules that break there break here too. */
const SHORT_STORMS = [70, 140, 280];
const SHORT_WORLDS = 60;

/**
 * Looks for a shorter run that breaks the same rule: in short worlds of other seeds, then by cutting the end
 * off, making stretches of choices calm and leaving some out. Each is a run that happened, not a guess at
 * one.
 */
export async function shrink(failed: Report): Promise<Report> {
  if (failed.violation === null) throw new RangeError('no rule was broken');
  const { rule } = failed.violation;
  let best = await findShort(failed);
  let lines = 0;
  const tryOut = async (script: readonly number[]): Promise<boolean> => {
    if (lines >= LINES_MAX) return false;
    const report = await simulate(best.seed, script, best.storm_steps_max);
    lines += report.trace.length;
    if (report.violation?.rule !== rule || !isSimpler(report, best)) return false;
    best = { ...report, choices: trimmed(report.choices) };
    return true;
  };
  for (let length = best.choices.length >> 1; length > 0; length >>= 1) {
    while (best.choices.length > length && (await tryOut(best.choices.slice(0, -length)))) continue;
  }
  // Calm first: it moves nothing that comes after it. Then what is left is drawn together.
  await overStretches(calmed);
  await overStretches(withoutStretch);
  return best;

  async function overStretches(change: typeof calmed): Promise<void> {
    for (let width = best.choices.length >> 1; width > 0 && lines < LINES_MAX; width >>= 1) {
      for (let at = 0; at < best.choices.length && lines < LINES_MAX; ) {
        const script = change(best.choices, at, width);
        const took = script !== null && (await tryOut(script));
        if (!took || change === calmed) at += width;
      }
    }
  }
}

async function findShort(failed: Report): Promise<Report> {
  for (const steps of SHORT_STORMS) {
    for (let at = 0; at < SHORT_WORLDS; at += 1) {
      const report = await simulate(failed.seed + at, null, steps);
      const same = report.violation?.rule === failed.violation?.rule;
      if (same && report.trace.length < failed.trace.length) return report;
    }
  }
  return failed;
}

function calmed(choices: readonly number[], at: number, width: number): readonly number[] | null {
  if (choices.slice(at, at + width).every((choice) => choice === 0)) return null;
  return choices.map((choice, place) => (place >= at && place < at + width ? 0 : choice));
}

function withoutStretch(choices: readonly number[], at: number, width: number): readonly number[] | null {
  return [...choices.slice(0, at), ...choices.slice(at + width)];
}

function isSimpler(report: Report, best: Report): boolean {
  const lines = report.trace.length - best.trace.length;
  if (lines !== 0) return lines < 0;
  return restless(report) < restless(best);
}

/** How many choices are not the calm one. */
function restless({ choices }: Report): number {
  return choices.reduce((count, choice) => (choice === 0 ? count : count + 1), 0);
}

/** Calm choices at the end are what a script that has ended gives anyway. */
function trimmed(choices: readonly number[]): readonly number[] {
  return choices.slice(0, choices.findLastIndex((choice) => choice !== 0) + 1);
}
