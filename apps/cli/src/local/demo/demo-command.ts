import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Call, Place, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { faint, good, plain, strong } from '../../terminal/line.ts';
import { initialise } from '../init-command.ts';
import { withStore } from '../store.ts';
import { showShell } from './lexecon/show-shell.ts';
import { showActions } from './show-actions.ts';
import { showKill } from './show-kill.ts';
import { showTampering, showVerification } from './show-proofs.ts';
import { furnish } from './world.ts';

/** The heart at work, for real, in a directory that is gone afterwards. */
export const run: Run = async (call) => {
  const directory = mkdtempSync(join(tmpdir(), 'writ-demo-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  // Also when somebody ends it with Ctrl-C.
  process.once('exit', remove);
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const environment = { ...call.environment, WRIT_HOME: join(directory, 'home') };
  mkdirSync(environment.WRIT_HOME, { mode: 0o700 });
  const place: Place = { environment, user_home: call.user_home };
  try {
    if (call.flag('lexecon')) return await showShell(call, place, directory);
    if (call.operands.length > 0 || call.text('keep') !== null) {
      throw new CliFailure('USAGE', 'a program and --keep go with --lexecon');
    }
    const begun = Date.now();
    await show(call, place, directory);
    const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
    return {
      exit: 0,
      lines: [
        good(`all of this happened as it was expected to, in ${seconds} s; the directory is removed`),
        faint('try it yourself: writ init, and writ help'),
      ],
      json: { exit: 0, seconds: Number(seconds) },
    };
  } finally {
    remove();
  }
};

async function show(call: Call, place: Place, directory: string): Promise<void> {
  const writ_path = join(directory, 'demo.writ');
  call.say(strong(`Writ's heart, for real, in ${directory}`));
  const { origin } = await initialise(place, 'demo');
  call.say(plain(`init       keys, store, record 0: ${origin}`));
  const { refused_at } = await withStore(place, async (store) => {
    const actors = await furnish(store);
    call.say(plain('governed   two tools, a policy with tests inside, one agent, one person'));
    return showActions({ call, store, actors }, writ_path);
  });
  const log = await showVerification({ call, place, directory }, writ_path);
  await showTampering({ call, place, directory }, log, refused_at);
  await showKill(call, place);
}
