import { describe, expect, it } from 'vitest';
import { generate, STUBS } from './generate.mjs';
import { judge, show, trace } from './judge.mjs';
import { unpredicted } from './match.mjs';
import { OBFUSCATIONS } from './obfuscate.mjs';
import { openSandbox } from './sandbox.mjs';

const sandbox = openSandbox(STUBS);
const COMMANDS = [
  ['rm', '-rf', '/etc/x'],
  ['curl', '-o', 'b', 'http://a.example/'],
];
const HARD = Object.entries(OBFUSCATIONS).flatMap(([name, obfuscate]) =>
  COMMANDS.map((words) => ({ name, words, text: obfuscate(words) })),
);

// Not every machine gives a program namespaces of its own.
describe.skipIf(sandbox === null)('what ran, against what was predicted', () => {
  it('traceShell() predicts all that runs, or says that it cannot, for texts of every construct', () => {
    const { known, ran, wrong } = judge(sandbox, generate(300, 11));
    expect(wrong.map(({ missed, text }) => ({ missed, text }))).toEqual([]);
    // A test of nothing would pass too.
    expect(known).toBeGreaterThan(50);
    expect(ran).toBeGreaterThan(100);
  });

  it('every obfuscation runs what it hides', () => {
    const logs = sandbox.run(HARD.map(({ text }) => text));
    const lost = HARD.filter(
      ({ words: [program, ...words] }, at) =>
        !logs[at].some((run) => run.program === program && run.words.join(' ') === words.join(' ')),
    );
    expect(lost.map(({ name, text }) => ({ name, text }))).toEqual([]);
  });

  it('unpredicted() finds a run that was left out of a prediction', () => {
    const text = 'p1 a; p2 b';
    const [log] = sandbox.run([text]);
    const { traced } = trace(text);
    expect(unpredicted(log, traced)).toEqual([]);
    expect(unpredicted(log, traced.slice(1)).map(({ program }) => program)).toEqual(['p1']);
  });
});

describe('traceShell() of what is hidden', () => {
  it.each(HARD)('traceShell() sees $words through $name, or is opaque', ({ text, words }) => {
    const { opaque, traced } = trace(text);
    const seen = traced.map((run) => [run.program, ...run.words].map(show).join(' ').replace('/bin/', ''));
    expect(opaque || seen.includes(words.join(' '))).toBe(true);
  });

  it('traceShell() is opaque for few of them', () => {
    const opaque = HARD.filter(({ text }) => trace(text).opaque).map(({ name }) => name);
    expect([...new Set(opaque)]).toEqual(['what is read', 'a path with a pattern']);
  });
});
