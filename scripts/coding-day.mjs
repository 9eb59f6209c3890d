// A day of programming under a policy: a thousand commands in a work tree, each proposed to a cell with the
// scene that the command line observes, and counted by what a person would notice:
//   npm run coding-day [-- --policy FILE] [--commands FILE] [--all]
// Nothing is run. What is asked is counted as a question each time, and always answered with yes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { observeShell } from '../apps/cli/src/scene/observe-shell.ts';
import { makeWorkspace } from './coding-day/make-workspace.mjs';
import { openAgent } from './coding-day/open-agent.mjs';

const here = import.meta.dirname;
/** Eight hours of a thousand commands. */
const BETWEEN_MS = 28_800;
const HOUR_MS = 3_600_000;

const { values } = parseArgs({
  options: {
    policy: { type: 'string', default: join(here, '../policies/coding.yaml') },
    commands: { type: 'string', default: join(here, 'coding-day/commands.jsonl') },
    all: { type: 'boolean', default: false },
  },
});

/** Each as often as it says, in an order that is mixed and always the same. */
const readDay = (file) => {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const all = lines.flatMap((line) => {
    const { command, times } = JSON.parse(line);
    return Array.from({ length: times }, () => command);
  });
  let seed = 1;
  for (let at = all.length - 1; at > 0; at -= 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    const other = seed % (at + 1);
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
};

const judgeDay = async (directory, commands) => {
  const root = makeWorkspace(directory);
  const environment = { PATH: '/usr/bin:/bin', HOME: directory, LANG: 'C.UTF-8' };
  const place = { environment, user_home: directory };
  const agent = await openAgent(directory, readFileSync(values.policy, 'utf8'));
  const judged = [];
  try {
    for (const [at, command] of commands.entries()) {
      agent.pass(BETWEEN_MS);
      const asked = { text: command, directory: root, shell: '/bin/bash', environment, place };
      const scene = await observeShell(asked);
      const answer = await agent.act('shell.run', { command }, scene);
      if (answer.kind === 'spent') await agent.finish(answer.id);
      if (answer.kind === 'judged' && answer.verdict === 'ESCALATE' && answer.ticket !== null) {
        const released = await agent.approve(answer.ticket, scene);
        if (released?.kind === 'spent') await agent.finish(released.id);
      }
      judged.push({ command, at_ms: at * BETWEEN_MS, ...outcomeOf(answer) });
    }
  } finally {
    await agent.close();
  }
  return judged;
};

const outcomeOf = (answer) => {
  if (answer.kind === 'spent') return { verdict: 'ALLOW', by: [] };
  if (answer.kind !== 'judged') return { verdict: 'BLOCK', by: [answer.code] };
  if (answer.reasons.length === 0) return { verdict: answer.verdict, by: [answer.code] };
  const by = answer.reasons
    .filter(({ verdict }) => verdict === answer.verdict)
    .map(({ code, gate, rule }) => `${gate} ${code}${rule === null ? '' : ` ${rule}`}`);
  return { verdict: answer.verdict, by };
};

const perThousand = (count, whole) => ((1_000 * count) / whole).toFixed(1);

const print = (judged) => {
  const later = judged.filter(({ at_ms }) => at_ms >= HOUR_MS);
  const count = (list, verdict) => list.filter((one) => one.verdict === verdict).length;
  for (const [name, list] of [
    ['the whole day', judged],
    ['after the first hour', later],
  ]) {
    const asked = count(list, 'ESCALATE') + count(list, 'NEED_EVIDENCE');
    const blocked = count(list, 'BLOCK');
    console.log(
      `${name}: ${list.length} commands, asked ${asked} (${perThousand(asked, list.length)} of 1,000), ` +
        `blocked ${blocked} (${perThousand(blocked, list.length)} of 1,000)`,
    );
  }
  const groups = new Map();
  for (const one of judged) {
    if (!values.all && one.verdict === 'ALLOW') continue;
    const name = `${one.verdict} ${JSON.stringify(one.command)} | ${one.by.join(', ')}`;
    groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  for (const [name, times] of [...groups].sort((a, b) => b[1] - a[1])) console.log(`${times}  ${name}`);
};

const directory = mkdtempSync(join(homedir(), '.writ-day-'));
try {
  print(await judgeDay(directory, readDay(values.commands)));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
