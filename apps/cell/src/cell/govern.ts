import type { JsonObject, PrincipalDefinition, ToolDefinition } from '@writ/contract';
import { type Id, printJson } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import type { Answered, CellContext } from './cell.ts';
import { nameTag } from '../intake/name-tag.ts';
import type { PolicyAdded } from './definitions.ts';
import { submit, submitPrepared } from './submit.ts';

/**
 * Governing: each is a command with a record; keys and blobs are durable before the record that needs them.
 */
export type BudgetRequest = { readonly unit: string; readonly limit: number; readonly window_ms: number };

export async function registerNamespace(
  context: CellContext,
  request: { readonly by: Id; readonly ns: Id | null; readonly budgets: readonly BudgetRequest[] },
): Promise<Answered & { readonly ns: Id }> {
  const ns = request.ns ?? context.mint.id('ns');
  requireGovernor(context, request.by, ns);
  // Keys made anew would not bring back what was sealed, and would stand beside the record of its erasure.
  if (context.running.state().namespaces.get(ns)?.erased === true)
    throw new CoreFailure('NAMESPACE_ERASED', 'this namespace was erased: register another one');
  await context.keys.createDomains([ns]);
  const hashes = context.hashes(ns);
  const budgets = request.budgets.map(({ unit, limit, window_ms }) => ({
    unit: hashes.tag('unit', unit),
    limit,
    window_ms,
  }));
  const answered = await submitPrepared(context, {
    kind: 'register_namespace',
    id: ns,
    by: request.by,
    ns,
    budgets,
  });
  return { ...answered, ns };
}

export async function registerPrincipal(
  context: CellContext,
  request: {
    readonly by: Id;
    readonly ns: Id;
    readonly principal: Id | null;
    readonly name: string;
    readonly definition: PrincipalDefinition;
  },
): Promise<Answered & { readonly principal: Id }> {
  const principal = request.principal ?? context.mint.id('prn');
  const { by, ns, definition, name } = request;
  const sealed = printJson({ name });
  const answered = await submit(context, {
    kind: 'register_principal',
    by,
    ns,
    principal,
    definition,
    sealed,
  });
  return { ...answered, principal };
}

export async function registerTool(
  context: CellContext,
  request: { readonly by: Id; readonly ns: Id; readonly definition: ToolDefinition },
): Promise<Answered> {
  const { by, ns, definition } = request;
  requireGovernor(context, by, ns);
  const known = await context.definitions.addTool(definition);
  return submitPrepared(context, {
    kind: 'register_tool',
    id: context.mint.id('tol'),
    by,
    ns,
    tool: context.hashes(ns).tag('tool', definition.name),
    definition: known.digest,
    effects: definition.effects,
    sealed: printJson({ name: definition.name }),
  });
}

export type PolicyAnswered =
  | { readonly kind: 'answered'; readonly digest: string; readonly answered: Answered }
  | Extract<PolicyAdded, { readonly kind: 'refused' }>;

export async function registerPolicy(
  context: CellContext,
  request: { readonly by: Id; readonly ns: Id; readonly text: string },
): Promise<PolicyAnswered> {
  requireGovernor(context, request.by, request.ns);
  const tools = await knownTools(context, request.ns);
  const added = await context.definitions.addPolicy(request.text, tools);
  if (added.kind === 'refused') return added;
  const { by, ns } = request;
  const { digest: policy, slices } = added;
  const hashes = context.hashes(ns);
  const names = added.names.map((name) => nameTag(hashes, name));
  const id = context.mint.id('pol');
  const command = { kind: 'register_policy', id, by, ns, policy, slices, names, sealed: '{}' } as const;
  return { kind: 'answered', digest: policy, answered: await submitPrepared(context, command) };
}

/** Arguments of the tools of a namespace: a rule that misspells one would never match. */
async function knownTools(
  { definitions, running }: CellContext,
  ns: Id,
): Promise<ReadonlyMap<string, JsonObject>> {
  const tools = running.state().namespaces.get(ns)?.tools.values() ?? [];
  const opened = await Promise.all([...tools].map(({ definition }) => definitions.tool(definition)));
  return new Map(opened.map(({ definition }) => [definition.name, definition.parameters]));
}

/**
 * Keys and blobs are durable before the kernel decides, so who may never govern must not come that far: each
 * try would leave something behind. The kernel asks the same again, and more.
 */
function requireGovernor({ running }: CellContext, by: Id, ns: Id): void {
  const { home, principals } = running.state();
  const principal = principals.get(by);
  if (principal === undefined) throw new CoreFailure('UNAUTHENTICATED', 'no such principal');
  const governs = !principal.disabled && principal.definition.scopes.includes('govern');
  if (governs && (principal.ns === ns || principal.ns === home)) return;
  throw new CoreFailure('INSUFFICIENT_AUTHORITY', 'this credential may not govern');
}
