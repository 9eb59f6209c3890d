import {
  type FreezeScope,
  PRINCIPAL_KINDS,
  type PrincipalDefinition,
  SCOPES,
  type Wall,
  WALLS,
} from '@writ/contract';
import { API_LIMITS, type View } from '@writ/contract/api';
import { encodeUtf8 } from '@writ/proof';
import type { State } from '@writ/kernel';
import { sessionOf } from '../../../cell/act.ts';
import { eraseNamespace } from '../../../cell/erase.ts';
import { registerNamespace, registerPolicy, registerPrincipal, registerTool } from '../../../cell/govern.ts';
import type { Cell } from '../../../cell/open-cell.ts';
import { submit } from '../../../cell/submit.ts';
import type { PrincipalRow } from '../../../projections/query.ts';
import { namespaceOf } from '../caller.ts';
import { type Asked, type Handlers, replyOf, valueOf } from '../handler.ts';
import { HTTP_LIMITS } from '../limits.ts';
import { DoorRefusal } from '../refusal.ts';
import { settled } from '../settled.ts';

export const GOVERN_HANDLERS: Handlers<
  | 'listTools'
  | 'registerTool'
  | 'listPrincipals'
  | 'registerPrincipal'
  | 'disablePrincipal'
  | 'setPolicy'
  | 'getPolicy'
  | 'listFreezes'
  | 'freeze'
  | 'thaw'
  | 'registerNamespace'
  | 'eraseNamespace'
> = {
  async listTools({ cell, caller }) {
    const { value: known, index } = await settled(cell, (state) => [
      ...(state.namespaces.get(caller.ns)?.tools.values() ?? []),
    ]);
    const tools = await Promise.all(
      known.map(async ({ definition, version, effects }) => {
        const { definition: tool, digest } = await cell.definitions.tool(definition);
        return { name: tool.name, digest, effects: [...effects], changed: version };
      }),
    );
    return valueOf('listTools', { tools }, index);
  },

  async registerTool(asked) {
    const { cell, caller, body } = asked;
    const request = { by: caller.principal, ns: namespaceOf(asked), definition: body };
    return replyOf(asked, await registerTool(cell, request));
  },

  async listPrincipals(asked) {
    const { cell, query, view } = asked;
    const limit = query.limit ?? API_LIMITS.page_rows_default;
    const { rows, as_of } = await cell.followers.projections.query(
      { kind: 'principals', ns: namespaceOf(asked), after: query.after ?? null, limit },
      { min_index: query.min_index ?? -1, wait_ms: HTTP_LIMITS.min_index_wait_ms },
    );
    const next = rows.length < limit ? null : (rows.at(-1)?.principal ?? null);
    const principals = rows.map((row) => ({ ...viewOfRow(row), ...definitionOf(cell, view, row.principal) }));
    return valueOf('listPrincipals', { principals, as_of, next }, as_of);
  },

  async registerPrincipal(asked) {
    const { cell, caller, body } = asked;
    const request = { by: caller.principal, ns: namespaceOf(asked), principal: null, ...body };
    const { principal, ...answered } = await registerPrincipal(cell, request);
    return replyOf(asked, answered, { principal });
  },

  async disablePrincipal(asked) {
    const { cell, caller, parts } = asked;
    const principal = parts['id'] ?? '';
    const ns = namespaceOf(asked);
    const command = { kind: 'disable_principal', by: caller.principal, ns, principal } as const;
    return replyOf(asked, await submit(cell, command));
  },

  async setPolicy(asked) {
    const { cell, caller, body } = asked;
    const ns = namespaceOf(asked);
    const added = await registerPolicy(cell, { by: caller.principal, ns, text: body });
    if (added.kind === 'refused') throw new DoorRefusal('POLICY_INVALID', problemsOf(added.problems));
    return replyOf(asked, added.answered, { digest: added.digest });
  },

  async getPolicy({ cell, caller }) {
    const { value: digest, index } = await settled(
      cell,
      (state) => state.namespaces.get(caller.ns)?.policy?.policy ?? null,
    );
    if (digest === null) throw new DoorRefusal('NO_POLICY');
    return { kind: 'raw', index, bytes: await cell.definitions.policyText(digest) };
  },

  async listFreezes({ cell, caller }) {
    const { value: freezes, index } = await settled(cell, (state) =>
      [...state.freezes]
        .filter(([scope]) => concerns(state, scope, caller.ns))
        .map(([scope, since]) => ({ scope, since })),
    );
    return valueOf('listFreezes', { freezes }, index);
  },

  async freeze(asked) {
    const { cell, caller } = asked;
    const command = { kind: 'freeze', id: cell.mint.id('frz'), by: caller.principal } as const;
    return replyOf(asked, await submit(cell, { ...command, scope: scopeOf(asked) }));
  },

  /** A key alone is the weakest proof of a person; the kernel says whether that is enough. */
  async thaw(asked) {
    const { cell, caller } = asked;
    const command = { kind: 'thaw', id: cell.mint.id('thw'), by: caller.principal } as const;
    return replyOf(
      asked,
      await submit(cell, { ...command, scope: scopeOf(asked), proof_of_person: PROOF_OF_KEY }),
    );
  },

  async registerNamespace(asked) {
    const { cell, caller, body } = asked;
    const { ns, ...answered } = await registerNamespace(cell, {
      by: caller.principal,
      ns: null,
      budgets: body.budgets,
    });
    return replyOf(asked, answered, { ns });
  },

  async eraseNamespace(asked) {
    const { cell, caller, parts } = asked;
    return replyOf(asked, await eraseNamespace(cell, { by: caller.principal, ns: parts['ns'] ?? '' }));
  },
};

const PROOF_OF_KEY = 'p0';

/** The names that callers know, as the kernel's: all but `all` lies in the namespace that is asked in. */
function scopeOf(asked: Pick<Asked<'freeze'>, 'cell' | 'caller' | 'body' | 'query'>): FreezeScope {
  const { cell, body } = asked;
  const { scope } = body;
  const ns = namespaceOf(asked);
  switch (scope.scope) {
    case 'all':
    case 'principal':
      return scope;
    case 'namespace':
      return { scope: 'namespace', ns };
    case 'effect':
      return { scope: 'effect', ns, effect: scope.effect };
    case 'session':
      if (cell.running.state().principals.get(scope.principal)?.ns !== ns) throw new DoorRefusal('NOT_FOUND');
      return { scope: 'session', ns, session: sessionOf(cell, scope.principal, scope.session) };
    default:
      return scope satisfies never;
  }
}

/** Whose freeze it is: nobody learns from this list who else is here. */
function concerns(state: State, key: string, ns: string): boolean {
  const [kind = '', rest = ''] = key.split(':');
  if (kind === 'all') return true;
  if (kind === 'namespace') return rest === ns;
  if (kind === 'principal') return state.principals.get(rest)?.ns === ns;
  return rest.startsWith(`${ns}/`);
}

/** Codes and places of a policy's faults, as far as one line goes; its author sent the text. */
const PROBLEMS_BYTES_MAX = 1_000;

function problemsOf(problems: readonly unknown[]): string {
  const text = JSON.stringify(problems);
  return encodeUtf8(text).length <= PROBLEMS_BYTES_MAX ? text : `${problems.length} faults: writ policy lint`;
}

/** Read from the state, which is at least as new as the list. */
function definitionOf(cell: Cell, view: View, principal: string) {
  const definition =
    view === 'operator' ? cell.running.state().principals.get(principal)?.definition : undefined;
  return definition === undefined ? {} : { definition: plainDefinition(definition) };
}

function plainDefinition(definition: PrincipalDefinition) {
  const { scopes, effects, limits } = definition;
  return { ...definition, scopes: [...scopes], effects: [...effects], limits: { ...limits } };
}

function viewOfRow({ principal, kind, scopes, wall, disabled, changed }: PrincipalRow) {
  const held = scopes.split(' ');
  return {
    principal,
    kind: PRINCIPAL_KINDS.find((one) => one === kind) ?? 'agent',
    scopes: SCOPES.filter((scope) => held.includes(scope)),
    wall: WALLS.find((one): one is Wall => one === wall) ?? 0,
    disabled: disabled !== 0,
    changed,
  };
}
