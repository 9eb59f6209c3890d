/** What is used of the other engines; they are installed by the first run, not with the repository. */
declare module '@cedar-policy/cedar-wasm/nodejs' {
  type Uid = { readonly type: string; readonly id: string };
  export function preparsePolicySet(
    name: string,
    policies: { readonly staticPolicies: Readonly<Record<string, string>> },
  ): { readonly type: string };
  export function statefulIsAuthorized(call: {
    readonly principal: Uid;
    readonly action: Uid;
    readonly resource: Uid;
    readonly context: object;
    readonly preparsedPolicySetId: string;
    readonly entities: readonly [];
  }): {
    readonly type: string;
    readonly response?: {
      readonly decision: string;
      readonly diagnostics: { readonly errors: readonly unknown[] };
    };
  };
}

declare module 'casbin' {
  export function newModelFromString(text: string): object;
  type Adapter = { readonly loadPolicy: unknown };
  export const StringAdapter: new (text: string) => Adapter;
  export function newEnforcer(
    model: object,
    adapter: Adapter,
  ): Promise<{ enforceSync(...request: readonly unknown[]): boolean }>;
}
