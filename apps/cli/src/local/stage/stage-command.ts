import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { PORT_DEFAULT } from '@writ/cell';
import { readStageScripts } from '../../files/page-scripts.ts';
import type { Call, Environment, Report, Run } from '../../program/command.ts';
import { faint, good, plain, strong, warn } from '../../terminal/line.ts';
import { portOf } from '../serve-command.ts';
import { runScriptedAgent } from './acts/scripted-agent.ts';
import { buildStagePage } from './document/build-stage-page.ts';
import { answerFor } from './door/answer.ts';
import { openStageDoor, type StageDoor } from './door/open-stage-door.ts';
import { openStage, type Stage } from './stage.ts';
import { makeWorkspace, STAGE_PREFIX } from './workspace.ts';

/**
 * A page on which Writ can be seen at work and attacked, on a cell of its own in a throw-away directory. With
 * `--once`, or where nobody could look at a page, the printed demonstration instead.
 */
export const run: Run = async (call) => {
  const isTerminal = process.stdout.isTTY;
  if (call.flag('once') || !hasSpectator(call.environment, isTerminal)) return printed(call);
  const directory = realpathSync(mkdtempSync(join(tmpdir(), STAGE_PREFIX)));
  const remove = (): void => rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  const stop = stopAsked();
  let stage: Stage | null = null;
  let door: StageDoor | null = null;
  try {
    const page = buildStagePage(await readStageScripts());
    call.say(
      strong('Writ on a stage: a cell of its own, an agent that works under it, and a page to attack both'),
    );
    call.say(faint('one moment: it makes keys, a log, a policy and an agent'));
    stage = await setUp(call, directory);
    const agent = openAgent(stage);
    const answer = answerFor(stage, agent.begin);
    door = await openStageDoor(portOf(call, 'port', PORT_DEFAULT), { board: stage.board, page, answer });
    announce(call, stage, door);
    agent.begin();
    const signal = await stop;
    agent.end();
    call.say(plain(`${signal}: closing`));
  } finally {
    door?.close();
    await stage?.close();
    remove();
  }
  return { exit: 0, lines: [good('closed; its directory is removed')], json: { exit: 0, closed: true } };
};

/**
 * Under continuous integration, with its output in a file, nobody would see a page, and nobody would end it.
 */
export function hasSpectator({ CI = '' }: Environment, isTerminal: boolean): boolean {
  return isTerminal || CI === '' || CI === 'false';
}

async function printed(call: Call): Promise<Report> {
  const demo = await import('../demo/demo-command.ts');
  return demo.run(call);
}

async function setUp(call: Call, directory: string): Promise<Stage> {
  const environment = { ...call.environment, WRIT_HOME: join(directory, 'home') };
  const workspace = join(directory, 'workspace');
  mkdirSync(environment.WRIT_HOME, { mode: 0o700 });
  makeWorkspace(workspace);
  return openStage({ environment, user_home: call.user_home }, workspace);
}

function announce(call: Call, { about }: Stage, { port, isOther }: StageDoor): void {
  if (isOther) call.say(warn('another program listens on that port already, so the page has another one'));
  call.say(good(`open  http://localhost:${port}`));
  call.say(plain('      watch the agent, type a command, then: tamper, forge, kill -9, verify'));
  call.say(plain(`key   ${about.vkey}`));
  call.say(faint('      the public key of this log: compare it with the one that the page shows'));
  call.say(plain('stop  Ctrl-C: everything ends and its directory is removed'));
  call.say(faint('      for a terminal or CI: npm start -- --once'));
}

/** The scripted agent, once at a time; each turn is a session of its own. */
function openAgent({ acting }: Stage) {
  const ending = new AbortController();
  let turn = 0;
  let isWorking = false;
  return {
    begin(): boolean {
      if (isWorking) return false;
      isWorking = true;
      turn += 1;
      void runScriptedAgent(acting, `agent-${turn}`, ending.signal).finally(() => {
        isWorking = false;
      });
      return true;
    },
    end: () => ending.abort(),
  };
}

function stopAsked(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(signal));
  });
}
