import { CODES } from '@writ/contract';
import { codeOf, type ProposalBody, statusOf, toWireAnswer } from '@writ/contract/api';
import { type Id, printJson } from '@writ/proof';
import { commit, type Proposed, proposeUnderstood, reportOutcome } from '../../../cell/act.ts';
import type { ProposalToUnderstand } from '../../../intake/understand-proposal.ts';
import { type Handlers, replyOf, valueOf } from '../handler.ts';
import { sentAtOf } from '../idempotency-key.ts';
import { listActions, viewAction } from '../lists.ts';
import { codeOfFailure, DoorRefusal } from '../refusal.ts';

const SESSION_DEFAULT = 'default';

export const ACTION_HANDLERS: Handlers<
  'proposeAction' | 'proposeActions' | 'listActions' | 'getAction' | 'commitAction' | 'reportOutcome'
> = {
  async proposeAction(asked) {
    const { cell, caller, body } = asked;
    const proposed = await proposeUnderstood(cell, toRequest(caller.principal, body, asked.idempotency_key));
    const { id, nonce } = proposed;
    return replyOf(asked, proposed, { id, nonce });
  },

  /** In order: each sees what those before it reserved. A failure of one is its own answer. */
  async proposeActions(asked) {
    const { cell, caller, view } = asked;
    const pending = asked.body.proposals.map(({ key, proposal }) =>
      proposeOne(() => proposeUnderstood(cell, toRequest(caller.principal, proposal, key ?? null))),
    );
    const answers = (await Promise.all(pending)).map((one) => {
      if (one.kind === 'failed') return { status: CODES[one.code].status, code: one.code, proposed: null };
      const { answer, proven, id, nonce } = one.proposed;
      const proposed = { id, answer: toWireAnswer(answer, view), proven, nonce };
      return { status: statusOf(answer), code: codeOf(answer), proposed };
    });
    return valueOf('proposeActions', { answers }, cell.running.durableSize());
  },

  async listActions(asked) {
    const page = await listActions(asked.cell, asked.caller.ns, asked.query);
    return valueOf('listActions', page, page.as_of);
  },

  async getAction(asked) {
    const view = await viewAction(asked.cell, asked.caller, asked.parts['id'] ?? '');
    return valueOf('getAction', view.action, view.index);
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
    const answered = await reportOutcome(cell, {
      by: caller.principal,
      id: parts['id'] ?? '',
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

type One =
  | { readonly kind: 'proposed'; readonly proposed: Proposed }
  | { readonly kind: 'failed'; readonly code: ReturnType<typeof codeOfFailure> };

async function proposeOne(propose: () => Promise<Proposed>): Promise<One> {
  try {
    return { kind: 'proposed', proposed: await propose() };
  } catch (error) {
    return { kind: 'failed', code: codeOfFailure(error) };
  }
}

function toRequest(by: Id, body: ProposalBody, key: string | null): ProposalToUnderstand {
  const sent_at = key === null ? null : sentAtOf(key);
  if (key !== null && sent_at === null) throw new DoorRefusal('REQUEST_INVALID', 'Idempotency-Key');
  const { tool, args, why, claims, evidence } = body;
  return {
    by,
    session: body.session ?? SESSION_DEFAULT,
    action: { tool, args, why: why ?? '', claims: claims ?? [], evidence: evidence ?? [] },
    scene: body.scene ?? null,
    declared: body.declared ?? null,
    idempotency: key === null || sent_at === null ? null : { key, sent_at },
    claim: body.claim ?? null,
    met_obligations: body.obligations ?? [],
  };
}
