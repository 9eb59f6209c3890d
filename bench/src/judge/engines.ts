import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { PolicyEngine } from '@microsoft/agent-governance-sdk';
import { compilePolicy, NO_PAST, parsePolicy, type View } from '@writ/policy';
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import type { Ask, WorkRule } from './workload.ts';

type Open = (rules: readonly WorkRule[]) => Ask | Promise<Ask>;

/** Writ's rules as a text that is parsed, checked and tried on its examples, like any policy. */
const openWrit: Open = (rules) => {
  const text = JSON.stringify({ version: 1, name: 'bench', rules: rules.map(ruleOfWrit) });
  const loaded = parsePolicy(text, { effects: new Set(['COMPUTE']), obligations: new Set() });
  if (loaded.kind === 'refused') throw new Error(JSON.stringify(loaded.problems.slice(0, 3)));
  const { judge } = compilePolicy(loaded.policy);
  return ({ tool, amount, zone }) => judge(viewOf(tool, { amount, zone })).verdict === 'ALLOW';
};

function viewOf(tool: string, args: View['args']): View {
  return {
    tool,
    args,
    effects: ['COMPUTE'],
    resources: [],
    findings: [],
    reversibility: 'reversible',
    risk: 1_000,
    scene: {},
    principal: { id: 'agent', kind: 'agent', wall: 2 },
    session: {},
    now_ms: 0,
    intent: {},
    evidence: [],
    history: NO_PAST,
  };
}

function ruleOfWrit({ id, least, most, tool, verdict, zone }: WorkRule): object {
  const inZone = zone === null ? '' : ` && has(args.zone) && args.zone == '${zone}'`;
  const when = `has(args.amount) && args.amount >= ${least} && args.amount <= ${most}${inZone}`;
  const args = { amount: most, zone: zone ?? 'north' };
  // The policy is told as deny-overrides everywhere: what its example says is what the rules say together.
  const expect = verdict === 'allow' ? 'ALLOW' : 'BLOCK';
  return { id, tools: [tool], when, verdict: expect, examples: [{ args, expect }] };
}

/** Parsed once, asked without a schema and without entities: the quickest way it has. */
const openCedar: Open = (rules) => {
  const name = `bench ${rules.length} ${rules[0]?.tool ?? ''}`;
  const staticPolicies = Object.fromEntries(rules.map((rule) => [rule.id, textOfCedar(rule)]));
  const parsed = preparsePolicySet(name, { staticPolicies });
  if (parsed.type !== 'success') throw new Error('cedar refused the rules');
  const principal = { type: 'Agent', id: 'agent' };
  const resource = { type: 'Tool', id: 'all' };
  return ({ tool, amount, zone }) => {
    const answer = statefulIsAuthorized({
      principal,
      action: { type: 'Action', id: tool },
      resource,
      context: { amount, zone },
      preparsedPolicySetId: name,
      entities: [],
    });
    if (answer.response === undefined || answer.response.diagnostics.errors.length > 0)
      throw new Error('cedar failed');
    return answer.response.decision === 'allow';
  };
};

function textOfCedar({ least, most, tool, verdict, zone }: WorkRule): string {
  const effect = verdict === 'allow' ? 'permit' : 'forbid';
  const inZone = zone === null ? '' : ` && context.zone == "${zone}"`;
  return (
    `${effect}(principal, action == Action::"${tool}", resource) ` +
    `when { context.amount >= ${least} && context.amount <= ${most}${inZone} };`
  );
}

const CASBIN_MODEL = `[request_definition]
r = tool, amount, zone
[policy_definition]
p = tool, least, most, zone, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.tool == p.tool && r.amount >= p.least && r.amount <= p.most && (p.zone == "*" || r.zone == p.zone)
`;

const openCasbin: Open = async (rules) => {
  const lines = rules.map(
    ({ least, most, tool, verdict, zone }) => `p, ${tool}, ${least}, ${most}, ${zone ?? '*'}, ${verdict}`,
  );
  const enforcer = await newEnforcer(newModelFromString(CASBIN_MODEL), new StringAdapter(lines.join('\n')));
  return ({ tool, amount, zone }) => enforcer.enforceSync(tool, amount, zone);
};

/** Its rich documents, which are the ones with conditions. */
const openAgt: Open = (rules) => {
  const engine = new PolicyEngine([], 'deny_overrides');
  engine.loadPolicy({
    name: 'bench',
    rules: rules.map(({ id, least, most, tool, verdict, zone }) => {
      const inZone = zone === null ? '' : ` and zone == '${zone}'`;
      return {
        name: id,
        condition: `tool == '${tool}' and amount >= ${least} and amount <= ${most}${inZone}`,
        ruleAction: verdict,
      };
    }),
    default_action: 'deny',
  });
  return (request) => engine.evaluatePolicy('agent', request).allowed;
};

export const ENGINES: readonly (readonly [name: string, open: Open])[] = [
  ['writ', openWrit],
  ['cedar-wasm 4.13.0', openCedar],
  ['agent-governance-sdk 4.0.0, rich', openAgt],
  ['casbin 5.51.1', openCasbin],
];
