import { type Report, simulate } from './simulate.ts';

/** Replays that a failure is worth: each takes some tens of milliseconds. */
const REPLAYS_MAX = 400;

/**
 * Looks for a shorter run of the same world that breaks the same rule: cut off at the end, then with
 * stretches of choices left out or made calm. A script is replayed exactly, so what it answers is a run that
 * happened.
 */
export async function shrink(failed: Report): Promise<Report> {
  const rule = failed.violation?.rule;
  let best = failed;
  let replays = 0;
  const tryOut = async (script: readonly number[]): Promise<boolean> => {
    if (replays >= REPLAYS_MAX) return false;
    replays += 1;
    const report = await simulate(failed.seed, script);
    if (report.violation?.rule !== rule || !isSimpler(report, best)) return false;
    best = { ...report, choices: trimmed(report.choices) };
    return true;
  };
  // What comes after the last choice that matters is calm in any case.
  for (let length = best.choices.length >> 1; length > 0; length >>= 1) {
    while (best.choices.length > length && (await tryOut(best.choices.slice(0, -length)))) continue;
  }
  for (let width = best.choices.length >> 1; width > 0 && replays < REPLAYS_MAX; width >>= 1) {
    for (let at = 0; at < best.choices.length && replays < REPLAYS_MAX; at += width) {
      const before = best.choices.slice(0, at);
      const after = best.choices.slice(at + width);
      const calm = new Array<number>(Math.min(width, best.choices.length - at)).fill(0);
      if (!(await tryOut([...before, ...after]))) await tryOut([...before, ...calm, ...after]);
    }
  }
  return best;
}

function isSimpler(report: Report, best: Report): boolean {
  if (report.trace.length !== best.trace.length) return report.trace.length < best.trace.length;
  return trimmed(report.choices).length < best.choices.length;
}

/** Calm choices at the end are what a script that has ended gives anyway. */
function trimmed(choices: readonly number[]): readonly number[] {
  return choices.slice(0, choices.findLastIndex((choice) => choice !== 0) + 1);
}
