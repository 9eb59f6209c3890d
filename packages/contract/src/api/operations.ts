import { ACTION_OPERATIONS } from './action-operations.ts';
import { CELL_OPERATIONS } from './cell-operations.ts';
import { EXPLAIN_OPERATIONS } from './explain-operations.ts';
import { GOVERN_OPERATIONS } from './govern-operations.ts';
import { LOG_OPERATIONS } from './log-operations.ts';
import { PRINCIPAL_OPERATIONS } from './principal-operations.ts';
import { TICKET_OPERATIONS } from './ticket-operations.ts';

/** The whole API: doors serve exactly these, and the description is made of them. */
export const OPERATIONS = {
  ...ACTION_OPERATIONS,
  ...EXPLAIN_OPERATIONS,
  ...TICKET_OPERATIONS,
  ...GOVERN_OPERATIONS,
  ...PRINCIPAL_OPERATIONS,
  ...LOG_OPERATIONS,
  ...CELL_OPERATIONS,
} as const;

export type OperationId = keyof typeof OPERATIONS;
