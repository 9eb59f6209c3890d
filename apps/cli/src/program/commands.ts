import type { Command } from './command.ts';
import { ACTION_COMMANDS } from './commands/action-commands.ts';
import { GOVERN_COMMANDS } from './commands/govern-commands.ts';
import { HOST_COMMANDS } from './commands/host-commands.ts';
import { KEEP_COMMANDS } from './commands/keep-commands.ts';
import { LOG_COMMANDS } from './commands/log-commands.ts';
import { PERSON_COMMANDS } from './commands/person-commands.ts';
import { POLICY_COMMANDS } from './commands/policy-commands.ts';
import { SETUP_COMMANDS } from './commands/setup-commands.ts';

/** All commands, in the order of help. */
export const COMMANDS: readonly Command[] = [
  ...SETUP_COMMANDS,
  ...GOVERN_COMMANDS,
  ...POLICY_COMMANDS,
  ...HOST_COMMANDS,
  ...ACTION_COMMANDS,
  ...PERSON_COMMANDS,
  ...LOG_COMMANDS,
  ...KEEP_COMMANDS,
];
