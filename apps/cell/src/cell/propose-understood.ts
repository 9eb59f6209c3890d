import type { Action, Effect, Scene } from '@writ/contract';
import type { Declared } from '@writ/contract/api';
import type { Id } from '@writ/proof';
import type { Proposal } from '../intake/prepare-proposal.ts';
import { propose, type Proposed } from './act.ts';
import type { CellContext } from './cell.ts';

export type ActionRequest = {
  readonly by: Id;
  readonly session: string;
  readonly action: Action;
  readonly scene: Scene | null;
  readonly declared: Declared | null;
  readonly idempotency: Proposal['idempotency'];
  readonly claim: Proposal['claim'];
  readonly met_obligations: Proposal['met_obligations'];
};

export async function proposeUnderstood(context: CellContext, request: ActionRequest): Promise<Proposed> {
  const { declared, ...rest } = request;
  const state = context.running.state();
  const ns = state.principals.get(request.by)?.ns ?? '';
  const tool = state.namespaces.get(ns)?.tools.get(context.hashes(ns).tag('tool', request.action.tool));
  const effects: readonly Effect[] = [...new Set([...(tool?.effects ?? []), ...(declared?.effects ?? [])])];
  return propose(context, {
    ...rest,
    understanding: { effects, resources: [], findings: [], reversibility: 'unknown', risk: 1000, costs: [] },
  });
}
