import type { Command } from '@writ/contract';

/**
 * What a command asks for, without what is minted anew whenever it is asked: ids, tickets, the commitment to
 * arguments (its nonce is the action's) and attempts. A command that makes the cell fail is known again by
 * this: whoever sends it again is refused instead of failing the cell once more.
 */
export function whatWasAsked(command: Command): string {
  switch (command.kind) {
    case 'propose': {
      const { id: _id, ticket: _ticket, args: _args, claim: _claim, idempotency: _key, ...asked } = command;
      return JSON.stringify(asked);
    }
    case 'commit': {
      const { spend: _spend, ...asked } = command;
      return JSON.stringify(asked);
    }
    case 'release': {
      const { claim: _claim, ...asked } = command;
      return JSON.stringify(asked);
    }
    case 'freeze':
    case 'thaw':
    case 'erase':
    case 'rotate_key':
    case 'register_tool':
    case 'register_policy':
    case 'open_questions': {
      const { id: _id, ...asked } = command;
      return JSON.stringify(asked);
    }
    case 'register_credential': {
      const { id: _id, digest: _digest, ...asked } = command;
      return JSON.stringify(asked);
    }
    // The id of these is what they are about, or they are the cell's own and never sent again.
    case 'outcome':
    case 'approve':
    case 'deny':
    case 'register_namespace':
    case 'register_principal':
    case 'disable_principal':
    case 'end_credential':
    case 'genesis':
    case 'term':
    case 'clock':
    case 'engine':
    case 'snapshot':
    case 'quarantine':
    case 'tick':
    case 'close_questions':
      return JSON.stringify(command);
    default:
      return command satisfies never;
  }
}
