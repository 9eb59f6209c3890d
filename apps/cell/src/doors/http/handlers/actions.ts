import { type Answer, CODES } from '@writ/contract';
import {
  codeOf,
  type ProposalBody,
  sentAtOf,
  statusOf,
  textOf,
  toWireAnswer,
  toWireReason,
  type View,
  type Weighed,
} from '@writ/contract/api';
import { printJson } from '@writ/proof';
import {
  commit,
  type Proposed,
  proposeInOrder,
  proposeUnderstood,
  reportOutcome,
  wouldAllow,
} from '../../../cell/act.ts';
import type { Cell } from '../../../cell/open-cell.ts';
import type { ProposalToUnderstand } from '../../../intake/print-proposal.ts';
import { type Caller, checkClaim } from '../caller.ts';
import { type Handlers, replyOf, valueOf } from '../handler.ts';
import { listActions, viewAction } from '../lists.ts';
import { readDecision } from '../read-decision.ts';
import { codeOfFailure, DoorRefusal } from '../refusal.ts';

const SESSION_DEFAULT = 'default';

export const ACTION_HANDLERS: Handlers<
  | 'proposeAction'
  | 'proposeActions'
  | 'weighActions'
  | 'listActions'
  | 'getAction'
  | 'getDecision'
  | 'commitAction'
  | 'reportOutcome'
> = {
  async proposeAction(asked) {
    const { cell, caller, body } = asked;
    const proposed = await proposeUnderstood(cell, toRequest(caller, body, asked.idempotency_key));
    const { id, nonce } = proposed;
    return replyOf(asked, proposed, { id, nonce });
  },

  async proposeActions(asked) {
    const { cell, caller, view, body } = asked;
    const requests = body.proposals.map(({ key, proposal }) => orFailure(caller, proposal, key));
    const settled = await proposeInOrder(
      cell,
      requests.filter((one) => 'by' in one),
    );
    let next = 0;
    const answers = requests.map((one) => {
      const result = 'by' in one ? settled[next++] : undefined;
      if (result?.status === 'fulfilled') return ofProposed(result.value, view);
      const code = codeOfFailure('by' in one ? result?.reason : one.failure);
      return { status: CODES[code].status, code, proposed: null };
    });
    return valueOf('proposeActions', { answers }, cell.running.durableSize());
  },

  async weighActions(asked) {
    const { cell, caller, view, body } = asked;
    const { candidates } = body;
    await cell.questions.take(caller.principal, 'weighed', candidates.length);
    const requests = candidates.map((candidate) => toRequest(caller, candidate, null));
    const { answers, index } = await wouldAllow(cell, requests);
    return valueOf('weighActions', { answers: answers.map((answer) => toWeighed(answer, view)) }, index);
  },

  async listActions(asked) {
    const page = await listActions(asked.cell, asked.caller.ns, asked.query);
    return valueOf('listActions', page, page.as_of);
  },

  async getAction(asked) {
    const view = await viewAction(asked.cell, asked.caller, asked.parts['id'] ?? '');
    return valueOf('getAction', view.action, view.index);
  },

  async getDecision({ cell, caller, view, parts }) {
    const { proven, reasons, nonce } = await readDecision(cell, caller, parts['id'] ?? '');
    const shown = reasons === null ? null : reasons.map((reason) => toWireReason(reason, view));
    const value = { proven, reasons: shown, nonce };
    return valueOf('getDecision', value, cell.running.durableSize());
  },

  async commitAction(asked) {
    const { cell, caller, body, parts } = asked;
    const answered = await commit(cell, {
      by: caller.principal,
      id: parts['id'] ?? '',
      attempt: body.attempt,
      target: body.target ?? null,
      args_text: printJson(body.args),
      scene: body.scene ?? null,
    });
    return replyOf(asked, answered);
  },

  async reportOutcome(asked) {
    const { cell, caller, body, parts } = asked;
    const id = parts['id'] ?? '';
    checkReporter(cell, caller, id);
    const answered = await reportOutcome(cell, {
      by: caller.principal,
      id,
      status: body.status,
      attested_by: body.attested_by,
      unwrapped: body.unwrapped ?? false,
      produced: body.produced ?? [],
      spent: body.spent ?? [],
      report: body.report ?? {},
    });
    return replyOf(asked, answered);
  },
};

/** The run of another is resolved by who may approve: the kernel asks the principal, the door its key. */
function checkReporter(cell: Cell, { principal, scopes }: Caller, id: string): void {
  const executor = cell.running.state().committed.get(id)?.executor ?? principal;
  if (executor !== principal && !scopes.has('approve')) throw new DoorRefusal('EXECUTOR_DIFFERS');
}

type Failed = { readonly failure: unknown };

/** What cannot even be asked is the failure of that proposal alone. */
function orFailure(
  caller: Caller,
  body: ProposalBody,
  key: string | null | undefined,
): ProposalToUnderstand | Failed {
  try {
    return toRequest(caller, body, key ?? null);
  } catch (failure) {
    return { failure };
  }
}

function ofProposed({ answer, proven, id, nonce }: Proposed, view: View) {
  const proposed = { id, answer: toWireAnswer(answer, view), proven, nonce };
  return { status: statusOf(answer), code: codeOf(answer), proposed };
}

/** Ids and tickets were minted for nothing: they are left out. */
function toWeighed(answer: Answer, view: View): Weighed {
  const wire = toWireAnswer(answer, view);
  if (wire.kind === 'judged') {
    const { verdict, code, text, reasons, gates, obligations } = wire;
    return { verdict, code, text, reasons, gates, obligations };
  }
  const code = codeOf(answer);
  const reasons = wire.kind === 'refused' ? wire.reasons : [];
  return { verdict: 'BLOCK', code, text: textOf(code, view), reasons, gates: [], obligations: [] };
}

export function toRequest(
  caller: Pick<Caller, 'principal' | 'scopes'>,
  body: ProposalBody,
  key: string | null,
): ProposalToUnderstand {
  checkClaim(caller, body.claim);
  const sent_at = key === null ? null : sentAtOf(key);
  if (key !== null && sent_at === null) throw new DoorRefusal('REQUEST_INVALID', 'Idempotency-Key');
  const { tool, args, why, claims, evidence } = body;
  return {
    by: caller.principal,
    session: body.session ?? SESSION_DEFAULT,
    action: { tool, args, why: why ?? '', claims: claims ?? [], evidence: evidence ?? [] },
    scene: body.scene ?? null,
    declared: body.declared ?? null,
    idempotency: key === null || sent_at === null ? null : { key, sent_at },
    claim: body.claim ?? null,
    met_obligations: body.obligations ?? [],
  };
}
