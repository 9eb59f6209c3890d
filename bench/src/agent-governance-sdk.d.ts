/** What is used of the peer; it is installed by the first run, not with the repository. */
declare module '@microsoft/agent-governance-sdk' {
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
