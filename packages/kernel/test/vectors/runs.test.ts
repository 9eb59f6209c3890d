import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replay, type RunFile } from './replay.ts';
import { SCENARIOS } from './scenarios.ts';

const path = join(import.meta.dirname, '../../../../vectors/kernel/runs.json');
const file = JSON.parse(readFileSync(path, 'utf8')) as RunFile;

describe('vectors/kernel/runs.json', () => {
  it.each(file.cases)('step() gives the recorded answers and bytes when $reason', (run) => {
    expect(replay(file, run)).toBeNull();
  });

  it('step() has a recorded run for every scenario', () => {
    expect(file.cases.map((run) => run.reason)).toEqual(SCENARIOS.map(([reason]) => reason));
  });

  it('replay() finds another byte and another answer', () => {
    const [run] = file.cases;
    if (run === undefined) throw new TypeError('no runs');
    expect(replay(file, { ...run, digest: 'x' })).toContain('the records are');
    expect(replay(file, { ...run, records: 1 })).toContain('records, not 1');
    const steps = run.steps.map((step, at) => (at === 1 ? { ...step, passed_ms: 1 } : step));
    expect(replay(file, { ...run, steps })).toContain('the records are');
  });
});
