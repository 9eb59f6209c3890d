import type { ToolDefinition } from '@writ/contract';
import type { OperationId, OutcomeBody } from '@writ/contract/api';
import {
  type Digest,
  type Id,
  isId,
  parseAccessKey,
  printJson,
  sha256Base64url,
  type Trust,
} from '@writ/proof';
import { commit, type Committed, type Spend } from './actions/commit.ts';
import type { ActionContext } from './actions/context.ts';
import { openLabels } from './actions/labels.ts';
import { type Proposal, type Proposed, propose } from './actions/propose.ts';
import { type Reported, reportOutcome } from './actions/report-outcome.ts';
import { ClientFailure, inClientTerms } from './failure.ts';
import { checkProofs } from './log/check-proofs.ts';
import { openStanding } from './log/standing.ts';
import type { ClientOptions } from './ports.ts';
import type { Asking, Called } from './wire/asking.ts';
import { openWire, type Wire } from './wire/wire.ts';

export type Client = {
  readonly origin: string;
  readonly executor: Id;
  readonly newId: () => string;
  /**
   * Any operation, typed by the table of operations. Proofs in the answer are verified; that a record is
   * about what was asked is for the caller to see. Throws a ClientFailure for what cannot be read or
   * believed.
   */
  call<Name extends OperationId>(name: Name, asking: Asking<Name>): Promise<Called<Name>>;
  propose(proposal: Proposal, idempotency_key?: string): Promise<Proposed>;
  commit(writ: string, spend: Spend): Promise<Committed>;
  reportOutcome(id: Id, outcome: OutcomeBody): Promise<Reported>;
};

/** Connects: the log has to continue what is remembered of it before anything is asked. */
export async function openClient(options: ClientOptions): Promise<Client> {
  const { transport, key, trust, memory, tools, newId, now_ms, wait } = options;
  if (parseAccessKey(key) === null) throw new ClientFailure('CLIENT_MISUSED', 'the key is no access key');
  const origin = originOf(trust, options.origin);
  const wire = openWire({ transport, key, wait });
  const standing = await openStanding({ wire, trust, origin, memory, now_ms });
  const executor = options.executor ?? (await askWhoWeAre(wire));
  if (!isId(executor)) throw new ClientFailure('CLIENT_MISUSED', 'the executor is no id');
  const context: ActionContext = {
    wire,
    standing,
    trust,
    origin,
    executor,
    tools,
    newId,
    now_ms,
    answered: openLabels(),
    attempted: openLabels(),
  };
  return {
    origin,
    executor,
    newId,
    call: (name, asking) => callVerified(context, name, asking),
    propose: (proposal, idempotency_key) => propose(context, proposal, idempotency_key),
    commit: (writ, spend) => commit(context, writ, spend),
    reportOutcome: (id, outcome) => reportOutcome(context, id, outcome),
  };
}

/** What pins a tool: the digest of its definition, as the cell computes it. */
export function digestOfTool(definition: ToolDefinition): Digest {
  return inClientTerms(() => sha256Base64url(printJson(definition)));
}

function originOf(trust: Trust, wanted: string | undefined): string {
  const [only, ...more] = trust.logs.keys();
  const origin = wanted ?? (more.length === 0 ? only : undefined);
  if (origin === undefined) throw new ClientFailure('CLIENT_MISUSED', 'name one log of the trust');
  if (!trust.logs.has(origin)) throw new ClientFailure('NO_TRUST', 'no key is pinned for this log');
  return origin;
}

async function askWhoWeAre(wire: Wire): Promise<Id> {
  const called = await wire.call('whoAmI', {});
  if (called.kind === 'problem') throw new ClientFailure(called.problem.code, 'who this key belongs to');
  return called.value.principal;
}

async function callVerified<Name extends OperationId>(
  { wire, standing, trust, origin, now_ms }: ActionContext,
  name: Name,
  asking: Asking<Name>,
): Promise<Called<Name>> {
  standing.check();
  const floor = standing.floor();
  const called = await wire.call(name, asking);
  const said = called.kind === 'answer' ? called.value : called.problem;
  try {
    for (const checkpoint of checkProofs(name, said, { trust, origin, floor, now_ms })) {
      await standing.accept(checkpoint);
    }
  } catch (error) {
    if (error instanceof ClientFailure) standing.note(error.code);
    throw error;
  }
  return called;
}
