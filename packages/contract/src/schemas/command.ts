import { Type } from 'typebox';
import { ACTION_COMMAND_SCHEMAS } from './action-commands.ts';
import { CELL_COMMAND_SCHEMAS } from './cell-commands.ts';
import { GOVERN_COMMAND_SCHEMAS } from './govern-commands.ts';

/** Every command by its kind. */
export const COMMAND_SCHEMAS = {
  ...CELL_COMMAND_SCHEMAS,
  ...GOVERN_COMMAND_SCHEMAS,
  ...ACTION_COMMAND_SCHEMAS,
};

export const CommandSchema = Type.Union([
  COMMAND_SCHEMAS.genesis,
  COMMAND_SCHEMAS.term,
  COMMAND_SCHEMAS.clock,
  COMMAND_SCHEMAS.engine,
  COMMAND_SCHEMAS.rotate_key,
  COMMAND_SCHEMAS.snapshot,
  COMMAND_SCHEMAS.quarantine,
  COMMAND_SCHEMAS.register_namespace,
  COMMAND_SCHEMAS.register_principal,
  COMMAND_SCHEMAS.disable_principal,
  COMMAND_SCHEMAS.register_credential,
  COMMAND_SCHEMAS.end_credential,
  COMMAND_SCHEMAS.register_tool,
  COMMAND_SCHEMAS.register_policy,
  COMMAND_SCHEMAS.propose,
  COMMAND_SCHEMAS.commit,
  COMMAND_SCHEMAS.outcome,
  COMMAND_SCHEMAS.approve,
  COMMAND_SCHEMAS.deny,
  COMMAND_SCHEMAS.release,
  COMMAND_SCHEMAS.freeze,
  COMMAND_SCHEMAS.thaw,
  COMMAND_SCHEMAS.erase,
  COMMAND_SCHEMAS.open_questions,
  COMMAND_SCHEMAS.close_questions,
  COMMAND_SCHEMAS.tick,
]);
