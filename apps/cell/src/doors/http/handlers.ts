import type { Handlers } from './handler.ts';
import { ACTION_HANDLERS } from './handlers/actions.ts';
import { CELL_HANDLERS, type OPEN_HANDLERS } from './handlers/cell.ts';
import { CREDENTIAL_HANDLERS } from './handlers/credentials.ts';
import { EXPLAIN_HANDLERS } from './handlers/explain.ts';
import { GOVERN_HANDLERS } from './handlers/govern.ts';
import { LOG_HANDLERS } from './handlers/log.ts';
import { TICKET_HANDLERS } from './handlers/tickets.ts';
import type { OperationId } from '@writ/contract/api';

/** Every operation that wants a credential has its handler: one that is missing does not compile. */
export const HANDLERS: Handlers<Exclude<OperationId, keyof typeof OPEN_HANDLERS>> = {
  ...ACTION_HANDLERS,
  ...EXPLAIN_HANDLERS,
  ...TICKET_HANDLERS,
  ...GOVERN_HANDLERS,
  ...CREDENTIAL_HANDLERS,
  ...LOG_HANDLERS,
  ...CELL_HANDLERS,
};
