import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** What can be asked. Absent filters are null; a page goes on from the last row of the one before. */
export type ProjectionQuery =
  | {
      readonly kind: 'records';
      readonly ns: string | null;
      readonly record_kind: string | null;
      readonly id: string | null;
      readonly verdict: string | null;
      readonly code: string | null;
      readonly from_ms: number | null;
      readonly to_ms: number | null;
      /** Rows below this index, the newest first. */
      readonly before: number | null;
      readonly limit: number;
    }
  | {
      readonly kind: 'tickets';
      readonly ns: string | null;
      readonly status: string | null;
      /** Opened below this index, the newest first. */
      readonly before: number | null;
      readonly limit: number;
    }
  | {
      readonly kind: 'principals';
      readonly ns: string | null;
      /** Ids above this one, ascending. */
      readonly after: string | null;
      readonly limit: number;
    };

export type RecordRow = {
  readonly index: number;
  readonly kind: string;
  readonly id: string;
  readonly ns: string;
  readonly time: number;
  readonly verdict: string | null;
  readonly code: string | null;
  readonly executor: string | null;
};

export type TicketRow = {
  readonly ticket: string;
  readonly action: string;
  readonly ns: string;
  readonly by: string;
  readonly binding: string;
  readonly opened: number;
  readonly changed: number;
  readonly expires_at: number;
  /** An expiry is told by the next tick: compare `expires_at` as well. */
  readonly status: 'open' | 'approved' | 'denied' | 'released' | 'expired' | 'void';
  /** JSON of what would lift it: code, proof of person and quorum of each. */
  readonly lifts: string;
};

export type PrincipalRow = {
  readonly principal: string;
  readonly ns: string;
  readonly kind: string;
  /** Separated by spaces. */
  readonly scopes: string;
  readonly wall: number;
  readonly disabled: number;
  readonly changed: number;
};

export type RowOf = {
  readonly records: RecordRow;
  readonly tickets: TicketRow;
  readonly principals: PrincipalRow;
};

/** A page: what one answer may cost. */
export const ROWS_MAX = 1_000;

type Filter = readonly [sql: string, value: SQLInputValue | null];

export function runQuery(database: DatabaseSync, query: ProjectionQuery): readonly object[] {
  const { select, order, filters } = planOf(query);
  const asked = filters.filter(([, value]) => value !== null);
  const where = asked.length === 0 ? '' : ` WHERE ${asked.map(([sql]) => sql).join(' AND ')}`;
  const limit = Number.isSafeInteger(query.limit) ? Math.min(Math.max(query.limit, 1), ROWS_MAX) : ROWS_MAX;
  const values = asked.map(([, value]) => value);
  return database.prepare(`${select}${where} ORDER BY ${order} LIMIT ?`).all(...values, limit);
}

type Plan = { readonly select: string; readonly order: string; readonly filters: readonly Filter[] };

function planOf(query: ProjectionQuery): Plan {
  switch (query.kind) {
    case 'records':
      return {
        select: 'SELECT idx AS "index", kind, id, ns, time, verdict, code, executor FROM records',
        order: 'idx DESC',
        filters: [
          ['ns = ?', query.ns],
          ['kind = ?', query.record_kind],
          ['id = ?', query.id],
          ['verdict = ?', query.verdict],
          ['code = ?', query.code],
          ['time >= ?', query.from_ms],
          ['time < ?', query.to_ms],
          ['idx < ?', query.before],
        ],
      };
    case 'tickets':
      return {
        select: 'SELECT * FROM tickets',
        order: 'opened DESC',
        filters: [
          ['ns = ?', query.ns],
          ['status = ?', query.status],
          ['opened < ?', query.before],
        ],
      };
    case 'principals':
      return {
        select: 'SELECT * FROM principals',
        order: 'principal',
        filters: [
          ['ns = ?', query.ns],
          ['principal > ?', query.after],
        ],
      };
    default:
      return query satisfies never;
  }
}
