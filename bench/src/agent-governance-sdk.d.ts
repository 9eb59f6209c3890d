/** What is used of the peer; it is installed by the first run, not with the repository. */
declare module '@microsoft/agent-governance-sdk' {
  type RichRule = {
    readonly name: string;
    readonly condition: string;
    readonly ruleAction: 'allow' | 'deny';
  };
  export class PolicyEngine {
    constructor(rules: readonly [], strategy: 'deny_overrides');
    loadPolicy(policy: {
      readonly name: string;
      readonly rules: readonly RichRule[];
      readonly default_action: 'deny';
    }): void;
    evaluatePolicy(agent: string, context: object): { readonly allowed: boolean };
  }
  export const AgentMeshClient: {
    create(
      name: string,
      options: {
        readonly capabilities: readonly string[];
        readonly policyRules: readonly { readonly action: string; readonly effect: 'allow' | 'deny' }[];
      },
    ): {
      executeWithGovernance(action: string, params: object): Promise<{ readonly decision: string }>;
    };
  };
}
