// `node --conditions=@writ/source packages/kernel/test/vectors/record.ts` writes vectors/kernel/runs.json
// again. The digests are golden: they are recorded, not computed another way. A change of them is a change of
// what every recorded decision says, so it wants a reason.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '@writ/contract';
import type { Policy, Rule } from '@writ/policy';
import { openWorld, RULES, START_MS, type World } from '../support/world.ts';
import { digestOf, type Run, type RunFile, type RunStep, shorten } from './replay.ts';
import { SCENARIOS } from './scenarios.ts';

const ABOUT =
  'Commands, the short form of each answer, and the SHA-256 (base64url) of the lines JSON [head, state, ' +
  'sealed]. Each begins at 1800000000000 ms with `beginning`. The n-th command has the salts of n/0 and ' +
  'n/1: head is the first 128 bits of SHA-256("head/" + name), state and sealed are SHA-256 of "state/" ' +
  'and "sealed/" + name.';

const policies: Policy[] = [];

/** A world that remembers what it is asked from now on. */
function remembering(world: World): { readonly steps: RunStep[] } {
  const steps: RunStep[] = [];
  const { run, addPolicy } = world;
  let before = START_MS;
  world.run = (command) => {
    const answer = run(command);
    steps.push({ passed_ms: world.now_ms - before, command, answer: shorten(answer) });
    before = world.now_ms;
    return answer;
  };
  world.addPolicy = (rules) => {
    keepPolicy(rules);
    return addPolicy(rules);
  };
  return { steps };
}

function keepPolicy(rules: readonly Rule[]): void {
  const policy: Policy = { version: 1, name: 'test', rules };
  if (!policies.some((known) => JSON.stringify(known) === JSON.stringify(policy))) policies.push(policy);
}

function recordRun(reason: string, play: (world: World) => void): Run {
  const world = openWorld();
  const { steps } = remembering(world);
  play(world);
  return { reason, steps, records: world.records.length, digest: digestOf(world) };
}

function beginning(): readonly Command[] {
  const commands: Command[] = [];
  openWorld(RULES, (world) => {
    const { run } = world;
    world.run = (command) => {
      commands.push(command);
      return run(command);
    };
  });
  return commands;
}

keepPolicy(RULES);
const cases = SCENARIOS.map(([reason, play]) => recordRun(reason, play));
const file: RunFile = { about: ABOUT, policies, beginning: beginning(), cases };
const path = join(import.meta.dirname, '../../../../vectors/kernel/runs.json');
writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`);
