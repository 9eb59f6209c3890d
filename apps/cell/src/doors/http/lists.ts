import { type Code, isCode, VERDICTS, type Verdict } from '@writ/contract';
import { type ActionView, API_LIMITS, type QueryOf } from '@writ/contract/api';
import { type Id, isId } from '@writ/proof';
import type { Cell } from '../../cell/open-cell.ts';
import type { RecordRow } from '../../projections/query.ts';
import type { Caller } from './caller.ts';
import { HTTP_LIMITS } from './limits.ts';
import { DoorRefusal } from './refusal.ts';

/** An action has few records: decision, releases, commit and outcomes. */
const RECORDS_OF_ACTION_MAX = 64;

const NO_FILTER = {
  record_kind: null,
  id: null,
  verdict: null,
  code: null,
  from_ms: null,
  to_ms: null,
  before: null,
};

/** How far the lists must have read before they answer: as far as the caller asks, or not at all. */
function waitFor(min_index: number | undefined): { readonly min_index: number; readonly wait_ms: number } {
  return { min_index: min_index ?? -1, wait_ms: HTTP_LIMITS.min_index_wait_ms };
}

export async function listActions(
  cell: Cell,
  ns: Id,
  { before, limit, min_index, verdict, code }: QueryOf<'listActions'>,
): Promise<{ actions: ActionView[]; as_of: number; next: number | null }> {
  const asked = limit ?? API_LIMITS.page_rows_default;
  const filter = { verdict: verdict ?? null, code: code ?? null, before: before ?? null };
  const { rows, as_of } = await cell.followers.projections.query(
    { kind: 'records', ...NO_FILTER, ns, record_kind: 'decision', ...filter, limit: asked },
    waitFor(min_index),
  );
  const actions = rows.map((row) => viewOfRow(row, 'decided'));
  return { actions, as_of, next: rows.length < asked ? null : (rows.at(-1)?.index ?? null) };
}

/** Read as far as the log is durable now: what was answered before is seen. */
export async function viewAction(
  cell: Cell,
  caller: Caller,
  id: string,
): Promise<{ readonly action: ActionView; readonly index: number }> {
  const { rows, as_of, decision } = await recordsOf(cell, caller, id);
  return { action: viewOfRow(decision, statusOfRows(rows)), index: as_of };
}

/** The records of an action, the newest first, for its executor and for those who may read. */
export async function recordsOf(
  cell: Cell,
  caller: Caller,
  id: string,
): Promise<{ readonly rows: readonly RecordRow[]; readonly as_of: number; readonly decision: RecordRow }> {
  if (!isId(id)) throw new DoorRefusal('NOT_FOUND');
  const { rows, as_of } = await cell.followers.projections.query(
    { kind: 'records', ...NO_FILTER, ns: caller.ns, id, limit: RECORDS_OF_ACTION_MAX },
    waitFor(cell.running.durableSize() - 1),
  );
  const decision = rows.find(({ kind }) => kind === 'decision');
  const isOwn = rows.some(({ executor }) => executor === caller.principal);
  // Whoever may not read learns of others' actions as little as of those that never were.
  if (decision === undefined || !(isOwn || caller.scopes.has('read'))) throw new DoorRefusal('NOT_FOUND');
  return { rows, as_of, decision };
}

function statusOfRows(rows: readonly RecordRow[]): ActionView['status'] {
  const kinds = new Set(rows.map(({ kind }) => kind));
  if (kinds.has('outcome')) return 'finished';
  if (kinds.has('commit')) return 'committed';
  return rows.some(({ verdict }) => verdict === 'ALLOW') ? 'permitted' : 'decided';
}

function viewOfRow({ id, index, time, verdict, code }: RecordRow, status: ActionView['status']): ActionView {
  return { id, status, index, time, verdict: verdictOf(verdict), code: knownCode(code) };
}

function verdictOf(text: string | null): Verdict | null {
  return VERDICTS.find((verdict) => verdict === text) ?? null;
}

function knownCode(text: string | null): Code | null {
  return text !== null && isCode(text) ? text : null;
}
