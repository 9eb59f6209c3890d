import {
  type Cell,
  endCredential,
  listCredentials,
  registerCredential,
  registerPolicy,
  registerPrincipal,
  registerTool,
  sessionOf,
  submit,
} from '@writ/cell';
import type { FreezeScope } from '@writ/contract';
import type { DeskBase, GovernDesk, KeyDesk, NamedScope } from '../../desk/desk.ts';
import type { Acted } from '../../desk/shown.ts';
import type { Store } from '../store.ts';

export function governIn({ cell, book }: Store): Omit<GovernDesk, keyof DeskBase> {
  const by = cell.settings.operator;
  const { ns } = book;
  return {
    addTool: (definition) => registerTool(cell, { by, ns, definition }),
    async setPolicy(text) {
      const set = await registerPolicy(cell, { by, ns, text });
      return set.kind === 'refused' ? set : { kind: 'set', ...set.answered };
    },
    addPrincipal: (name, definition) =>
      registerPrincipal(cell, { by, ns, principal: null, name, definition }),
    changePrincipal: (id, name, definition) =>
      registerPrincipal(cell, { by, ns, principal: id, name, definition }),
    async tools() {
      const known = [...(cell.running.state().namespaces.get(ns)?.tools.values() ?? [])];
      const tools = await Promise.all(known.map(({ definition }) => cell.definitions.tool(definition)));
      return new Map(tools.map(({ definition, digest }) => [definition.name, digest]));
    },
    hasPolicy: async () => (cell.running.state().namespaces.get(ns)?.policy ?? null) !== null,
    principals() {
      const shown = [...cell.running.state().principals.values()]
        .filter((one) => one.ns === ns || one.ns === cell.settings.home)
        .map(({ id, ns: its, disabled, version: changed, definition }) => ({
          id,
          ns: its,
          disabled,
          changed,
          definition,
        }));
      return Promise.resolve(shown);
    },
  };
}

export function keysIn({
  cell,
  ns: otherwise,
}: {
  readonly cell: Cell;
  readonly ns: string;
}): Omit<KeyDesk, keyof DeskBase> {
  const by = cell.settings.operator;
  return {
    now_ms: () => cell.running.state().now_ms,
    addKey: (asked) => registerCredential(cell, { by, ...asked }),
    keys: (principal) => Promise.resolve(listCredentials(cell, principal)),
    endKey(credential, at) {
      const { credentials, principals } = cell.running.state();
      const owner = credentials.get(credential)?.principal;
      const ns = (owner === undefined ? undefined : principals.get(owner)?.ns) ?? otherwise;
      return endCredential(cell, { by, ns, credential, at: at ?? 0 });
    },
  };
}

export function freezeIn(store: Store, scope: NamedScope): Promise<Acted> {
  const { cell } = store;
  const command = { kind: 'freeze', id: cell.mint.id('frz'), by: cell.settings.operator } as const;
  return submit(cell, { ...command, scope: scopeIn(store, scope) });
}

export function thawIn(
  store: Store,
  scope: NamedScope,
  proof_of_person: Extract<Parameters<typeof submit>[1], { readonly kind: 'thaw' }>['proof_of_person'],
): Promise<Acted> {
  const { cell } = store;
  const command = { kind: 'thaw', id: cell.mint.id('thw'), by: cell.settings.operator } as const;
  return submit(cell, { ...command, scope: scopeIn(store, scope), proof_of_person });
}

function scopeIn({ cell, book: { ns } }: Store, scope: NamedScope): FreezeScope {
  switch (scope.scope) {
    case 'all':
      return { scope: 'all' };
    case 'principal':
      return scope;
    case 'namespace':
      return { scope: 'namespace', ns };
    case 'session':
      return { scope: 'session', ns, session: sessionOf(cell, scope.principal, scope.session) };
    case 'effect':
      return { scope: 'effect', ns, effect: scope.effect };
    default:
      return scope satisfies never;
  }
}
