import type { Command } from '@writ/contract';
import { answerTicket } from './commands/answer.ts';
import {
  activateEngine,
  clock,
  genesis,
  quarantine,
  rotateKey,
  snapshotTaken,
  term,
  tick,
} from './commands/cell.ts';
import { commit } from './commands/commit.ts';
import { endCredential, registerCredential } from './commands/credential.ts';
import { type Decided, refusedUnrecorded, type Setting } from './commands/decided.ts';
import { erase } from './commands/erase.ts';
import { freezeOrThaw } from './commands/freeze.ts';
import {
  disablePrincipal,
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
} from './commands/govern.ts';
import { outcome } from './commands/outcome.ts';
import { propose } from './commands/propose.ts';
import { closeQuestions, openQuestions } from './commands/questions.ts';
import { release } from './commands/release.ts';

/** One command, one use case. Reads state, writes nothing; what it throws becomes a refusal in `step`. */
export function decide(setting: Setting, command: Command): Decided {
  // Record 0 says whose log this is; nothing can stand before it.
  if (setting.state.size === 0 && command.kind !== 'genesis') return refusedUnrecorded('UNAVAILABLE');
  switch (command.kind) {
    case 'propose':
      return propose(setting, command);
    case 'commit':
      return commit(setting, command);
    case 'outcome':
      return outcome(setting, command);
    case 'approve':
    case 'deny':
      return answerTicket(setting, command);
    case 'release':
      return release(setting, command);
    case 'freeze':
    case 'thaw':
      return freezeOrThaw(setting, command);
    case 'erase':
      return erase(setting, command);
    case 'register_namespace':
      return registerNamespace(setting, command);
    case 'register_principal':
      return registerPrincipal(setting, command);
    case 'disable_principal':
      return disablePrincipal(setting, command);
    case 'register_credential':
      return registerCredential(setting, command);
    case 'end_credential':
      return endCredential(setting, command);
    case 'register_tool':
      return registerTool(setting, command);
    case 'register_policy':
      return registerPolicy(setting, command);
    case 'open_questions':
      return openQuestions(setting, command);
    case 'close_questions':
      return closeQuestions(setting, command);
    case 'tick':
      return tick(setting, command);
    case 'genesis':
      return genesis(setting, command);
    case 'term':
      return term(setting, command);
    case 'clock':
      return clock(setting, command);
    case 'engine':
      return activateEngine(setting, command);
    case 'snapshot':
      return snapshotTaken(setting, command);
    case 'quarantine':
      return quarantine(setting, command);
    case 'rotate_key':
      return rotateKey(setting, command);
    default:
      return command satisfies never;
  }
}
