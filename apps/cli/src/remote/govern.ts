import type { PrincipalDefinition } from '@writ/contract';
import { API_LIMITS } from '@writ/contract/api';
import { SKEW_MS } from '@writ/proof';
import type { Client } from '@writ/sdk';
import type { DeskBase, GovernDesk, KeyAdded, KeyAsked, KeyDesk } from '../desk/desk.ts';
import type { ShownPrincipal } from '../desk/shown.ts';
import { actedFrom, contradicts, headOf, valueOf } from './answers.ts';
import { sizeOf } from './people.ts';
import { operatorClient, personClient, type Session, toolsOf } from './session.ts';

export function governAt(session: Session): Omit<GovernDesk, keyof DeskBase> {
  const query = { ns: session.book.ns };
  return {
    async addTool(definition) {
      const client = await operatorClient(session);
      const body = { ...definition, effects: [...definition.effects] };
      return actedFrom(await client.call('registerTool', { query, body }), ['tool']);
    },
    async setPolicy(text) {
      const client = await operatorClient(session);
      const called = await client.call('setPolicy', { query, body: text });
      if (called.kind === 'problem' && called.problem.code === 'POLICY_INVALID') {
        return { kind: 'refused', problems: problemsIn(called.problem.detail ?? '') };
      }
      return { kind: 'set', ...actedFrom(called, ['policy']) };
    },
    async addPrincipal(name, definition) {
      const client = await operatorClient(session);
      const body = { name, definition: plainDefinition(definition) };
      const called = await client.call('registerPrincipal', { query, body });
      const acted = actedFrom(called, ['principal']);
      const principal = called.kind === 'answer' ? called.value.principal : '';
      if (called.kind === 'answer' && acted.proven !== null && headOf(acted.proven).id !== principal)
        throw contradicts();
      return { ...acted, principal };
    },
    async changePrincipal(id, name, definition) {
      const client = await operatorClient(session);
      const body = { principal: id, name, definition: plainDefinition(definition) };
      const called = await client.call('registerPrincipal', { query, body });
      const acted = actedFrom(called, ['principal']);
      if (acted.proven !== null && headOf(acted.proven).id !== id) throw contradicts();
      return acted;
    },
    tools: async () => toolsOf(await personClient(session)),
    async hasPolicy() {
      const called = await (await personClient(session)).call('getPolicy', {});
      if (called.kind === 'problem' && called.problem.code === 'NO_POLICY') return false;
      return valueOf(called) !== '';
    },
    async principals() {
      const client = await operatorClient(session);
      const { ns: home } = await session.operator();
      const min_index = (await sizeOf(client)) - 1;
      return [
        ...(await principalsIn(client, home, min_index)),
        ...(await principalsIn(client, session.book.ns, min_index)),
      ];
    },
  };
}

/** The same, with lists of its own, as the wire has it. */
function plainDefinition(definition: PrincipalDefinition) {
  const { scopes, effects, limits } = definition;
  return { ...definition, scopes: [...scopes], effects: [...effects], limits: { ...limits } };
}

/** Faults of the text that was sent, as the cell lists them; else its own words about them. */
function problemsIn(detail: string): readonly unknown[] {
  try {
    const problems: unknown = JSON.parse(detail);
    return Array.isArray(problems) ? problems : [{ message: detail }];
  } catch {
    return [{ message: detail }];
  }
}

async function principalsIn(
  client: Client,
  ns: string,
  min_index: number,
): Promise<readonly ShownPrincipal[]> {
  const shown: ShownPrincipal[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const query = { ns, min_index, limit: API_LIMITS.page_rows_max, ...(after === '' ? {} : { after }) };
    const page: { readonly principals: readonly Row[]; readonly next: string | null } = valueOf(
      await client.call('listPrincipals', { query }),
    );
    for (const { principal: id, disabled, changed, definition } of page.principals) {
      if (definition === undefined) throw contradicts();
      shown.push({ id, ns, disabled, changed, definition });
    }
    after = page.next;
  }
  return shown;
}

type Row = {
  readonly principal: string;
  readonly disabled: boolean;
  readonly changed: number;
  readonly definition?: ShownPrincipal['definition'];
};

export function keysAt(session: Session): Omit<KeyDesk, keyof DeskBase> {
  return {
    // What the cell will stamp may be a little before the time here.
    now_ms: () => Date.now() - SKEW_MS,
    addKey: (asked) => addKeyAt(session, asked),
    async keys(principal) {
      const client = await operatorClient(session);
      const { id, ns: home } = await session.operator();
      const query = { ns: principal === id ? home : session.book.ns };
      const { credentials } = valueOf(
        await client.call('listCredentials', { path: { id: principal }, query }),
      );
      return credentials.map((one) => ({ ...one, principal }));
    },
    async endKey(credential, at) {
      const client = await operatorClient(session);
      const body = at === null ? {} : { at };
      const endIn = (ns: string) =>
        client.call('endCredential', { path: { id: credential }, query: { ns }, body });
      const called = await endIn(session.book.ns);
      const elsewhere = called.kind === 'problem' && called.problem.code === 'NOT_FOUND';
      const { ns: home } = await session.operator();
      return actedFrom(elsewhere ? await endIn(home) : called, ['credential']);
    },
  };
}

async function addKeyAt(session: Session, asked: KeyAsked): Promise<KeyAdded> {
  const client = await operatorClient(session);
  const { principal: id, ns, scopes, expires_at } = asked;
  const body = { scopes: [...scopes], expires_at };
  const called = await client.call('registerCredential', { path: { id }, query: { ns }, body });
  const acted = actedFrom(called, ['credential']);
  if (called.kind === 'problem') return { ...acted, credential: '', access_key: null };
  const { credential, key } = called.value;
  if (credential === null || key === null) throw contradicts();
  return { ...acted, credential, access_key: key };
}
