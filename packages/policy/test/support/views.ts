import {
  type ExampleAction,
  NO_PAST,
  type PastAction,
  type View,
  type Vocabulary,
  viewOfExample,
} from '../../src/index.ts';

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

export type ActionWithPast = Partial<Omit<ExampleAction, 'history'>> & {
  readonly history?: readonly Partial<PastAction>[];
};

const NOTHING_HAPPENED: PastAction = {
  ago_s: 0,
  times: 1,
  verdict: 'ALLOW',
  effects: [],
  resources: [],
  done: false,
  spent: {},
};

/** The same for an action with a past, as vectors and examples write it. */
export function viewOfAction({ history = [], ...members }: ActionWithPast): View {
  const { history: _none, ...view } = viewOf(members);
  return viewOfExample({ ...view, history: history.map((one) => ({ ...NOTHING_HAPPENED, ...one })) });
}
