import { type Code, isCode, type Judged, type Lift, type Reason } from '@writ/contract';
import { type History, printQuestion, type RuleReason, type View } from '@writ/policy';
import { RecallMissing } from '../recall/recorded.ts';
import { bucketOf } from '../record/slices.ts';
import { type Gate, type GateInput, refuse } from './gate.ts';

/** Gate 6: the policy's rules. No policy, no matching rule and every error are a BLOCK. */
export const rulesGate: Gate = {
  number: 6,
  name: 'rules',
  judge(input) {
    const { judged, recall, library } = input;
    const inForce = recall.read('policy', String(bucketOf(library.hash, judged.tool)));
    if (inForce === null) return refuse(6, 'NO_POLICY');
    const policy = library.policy(inForce.policy);
    if (policy === null) return refuse(6, 'INTERNAL');
    const asked = openHistory(input);
    const verdict = policy.judge(ruleView(input, asked.history));
    // A rule must not take for an error of its own what only another engine could answer.
    for (const missing of asked.missing) throw missing;
    const { obligations, reasons, shadow } = verdict;
    return {
      kind: 'evaluated',
      reasons: reasons.map(toReason),
      obligations,
      shadow: shadow.map(toReason),
    };
  },
};

/** The past, through recall like everything else: each answer is sealed with the decision. */
function openHistory({ recall }: GateInput): {
  readonly history: History;
  readonly missing: readonly RecallMissing[];
} {
  const missing: RecallMissing[] = [];
  const history: History = (question) => {
    try {
      return recall.read('past', printQuestion(question)).n;
    } catch (error) {
      if (error instanceof RecallMissing) missing.push(error);
      throw error;
    }
  };
  return { history, missing };
}

/** What rules see: the judged action and what was recalled, never state. */
export function ruleView(input: GateInput, history: History = openHistory(input).history): View {
  const { context, judged, recall } = input;
  const principal = recall.read('principal', context.by);
  const session = recall.read('session', context.session);
  const activity = recall.read('activity', context.root);
  const { understanding } = judged;
  return {
    tool: judged.tool,
    args: judged.args,
    effects: understanding.effects,
    resources: understanding.resources,
    findings: understanding.findings.map((finding) => finding.code),
    reversibility: understanding.reversibility,
    risk: understanding.risk,
    scene: sceneOf(judged),
    principal: {
      id: context.by,
      kind: principal?.definition.kind ?? 'agent',
      wall: context.wall,
    },
    session: { ...session, actions_last_minute: activity.actions_last_minute },
    now_ms: context.now_ms,
    intent: {},
    evidence: judged.evidence.map(({ kind }) => kind),
    history,
  };
}

function sceneOf({ scene }: Judged): View['scene'] {
  if (scene === null) return {};
  return { directory: scene.directory, roots: [...scene.roots], shell: scene.shell };
}

function toReason(rule: RuleReason): Reason {
  const code: Code = isCode(rule.code) ? rule.code : 'INTERNAL';
  const lift: Lift | null =
    rule.class === 'liftable'
      ? {
          deadline_s: rule.deadline_s ?? null,
          escalate_to: rule.escalate_to ?? null,
          needs: rule.needs ?? 'p1',
          quorum: rule.quorum ?? 1,
        }
      : null;
  return {
    class: rule.class,
    code,
    ...(rule.evidence === undefined ? {} : { evidence: rule.evidence }),
    gate: 6,
    lift,
    lifted: null,
    rule: rule.rule === '' ? null : rule.rule,
    verdict: code === 'INTERNAL' ? 'BLOCK' : rule.verdict,
  };
}
