import type { Id } from '@writ/proof';
import type { CoreFailure } from '../core/failure.ts';
import type { KnownTool } from '../intake/known-tool.ts';
import type { Understood } from './bind-told.ts';
import type { Waiting } from './lanes.ts';
import type { ProposalText } from './protocol.ts';

/** A proposal that somebody wants understood. */
export type ToUnderstand = {
  readonly by: Id;
  readonly text: ProposalText;
  readonly tool: KnownTool | null;
};

/** The same while it waits, or is out with a thread. */
export type Asked = Waiting &
  ToUnderstand & {
    readonly sequence: number;
    readonly asked_ms: number;
    tries: number;
    resolve(understood: Understood): void;
    reject(failure: CoreFailure): void;
  };
