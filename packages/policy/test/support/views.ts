import { NO_PAST, type View, type Vocabulary } from '../../src/index.ts';

export const VOCABULARY: Vocabulary = {
  effects: new Set(['READ_REPO', 'DELETE', 'SPEND_MONEY', 'NETWORK_CALL']),
  obligations: new Set(['notify', 'run_fenced']),
};

/** A view with the defaults of an example. */
export function viewOf(members: Partial<View> = {}): View {
  return {
    tool: 't',
    args: {},
    effects: [],
    resources: [],
    findings: [],
    reversibility: 'unknown',
    risk: 0,
    scene: {},
    principal: { id: 'example', kind: 'agent', wall: 1 },
    session: {},
    now_ms: 0,
    intent: {},
    evidence: [],
    history: NO_PAST,
    ...members,
  };
}
