import type { Answer, Command } from '@writ/contract';
import { compilePolicy, type CompiledPolicy, type Policy } from '@writ/policy';
import { emptyWorld, hash, START_MS, type World } from '../support/world.ts';

/** One command of a recorded run: when it came, and in short what it was answered. */
export type RunStep = {
  readonly passed_ms: number;
  readonly command: Command;
  readonly answer: string;
};

export type Run = {
  readonly reason: string;
  readonly steps: readonly RunStep[];
  /** How many records there are at the end, those of the beginning included, and the digest of them all. */
  readonly records: number;
  readonly digest: string;
};

export type RunFile = {
  readonly about: string;
  readonly policies: readonly Policy[];
  /** What every run begins with. */
  readonly beginning: readonly Command[];
  readonly cases: readonly Run[];
};

/** An answer in few words: its kind, its code, and the codes of its reasons. */
export function shorten(answer: Answer): string {
  const code = 'code' in answer ? answer.code : '';
  const reasons = 'reasons' in answer ? answer.reasons.map((reason) => reason.code).join(' ') : '';
  return `${answer.kind} ${code}${reasons === '' ? '' : `: ${reasons}`}`.trim();
}

export function digestOf(world: World): string {
  return hash(
    world.records.map(({ head, state, sealed }) => JSON.stringify([head, state, sealed])).join('\n'),
  );
}

/**
 * Runs a recorded case from nothing and says where it first differs; null when it is the same to the byte.
 */
export function replay(
  file: RunFile,
  run: Run,
  spell: (command: Command) => Command = (command) => command,
): string | null {
  const world = beginWorld(file, spell);
  for (const [at, { passed_ms, command, answer }] of run.steps.entries()) {
    world.now_ms += passed_ms;
    const given = shorten(world.run(spell(command)));
    if (given !== answer) return `step ${at}: ${given}, not ${answer}`;
  }
  if (world.records.length !== run.records) return `${world.records.length} records, not ${run.records}`;
  const digest = digestOf(world);
  return digest === run.digest ? null : `the records are ${digest}`;
}

function beginWorld(file: RunFile, spell: (command: Command) => Command): World {
  const world = emptyWorld();
  world.now_ms = START_MS;
  const policies = new Map<string, CompiledPolicy>();
  for (const policy of file.policies) {
    const compiled = compilePolicy(policy);
    policies.set(compiled.digest, compiled);
  }
  Object.assign(world.library, { policy: (digest: string) => policies.get(digest) ?? null });
  for (const command of file.beginning) world.run(spell(command));
  return world;
}
