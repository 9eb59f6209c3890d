import type { Cell, RecordRow } from '@writ/cell';
import { CODES, type Reason } from '@writ/contract';
import { encodeUtf8, type JsonObject, parseHead } from '@writ/proof';
import { objectOf, openSealed } from '../../desk/sealed-action.ts';
import type { ShownDecision } from '../../desk/shown.ts';
import { CliFailure } from '../../program/failure.ts';
import type { Store } from '../store.ts';

/** An action has few records: decision, releases, commit and outcomes. */
const RECORDS_OF_ACTION_MAX = 64;

/** From the sealed part; as somebody else than the operator, without what only operators see. */
export async function whyIn({ cell }: Store, id: string, as: string | null): Promise<ShownDecision> {
  const { rows, last } = await judgmentsOf(cell, id);
  const head = parseHead(encodeUtf8(await cell.readHead(last.index)));
  if (head.kind !== 'decision' && head.kind !== 'release')
    throw new CliFailure('NOT_FOUND', 'no judgment of it', 1);
  const sealed = await sealedAt(cell, last.index);
  // Text of the kernel, which seals reasons with each judgment.
  const reasons = (sealed?.['reasons'] ?? null) as readonly Reason[] | null;
  if (as !== null) return { index: last.index, head, reasons: reasons?.map(asAgent) ?? null, judged: null };
  // A release names the decision's part instead of holding it.
  const first = rows.find(({ kind }) => kind === 'decision');
  const whole = first === undefined || first === last ? sealed : await sealedAt(cell, first.index);
  return { index: last.index, head, reasons, judged: whole === null ? null : judgedOf(whole) };
}

function asAgent({ gate, verdict, code, class: kind }: Reason): Omit<Reason, 'rule' | 'lift' | 'lifted'> {
  return { gate, verdict, code, class: kind };
}

/** The records of an action, and its last judgment. */
export async function judgmentsOf(
  cell: Cell,
  id: string,
): Promise<{ readonly rows: readonly RecordRow[]; readonly last: RecordRow }> {
  const rows = await recordsOf(cell, id);
  const last = rows.find(({ kind }) => kind === 'release' || kind === 'decision');
  if (last === undefined) throw new CliFailure('NOT_FOUND', CODES.NOT_FOUND.operator, 1);
  return { rows, last };
}

async function recordsOf(cell: Cell, id: string) {
  const everything = { ns: null, record_kind: null, verdict: null, code: null, from_ms: null, to_ms: null };
  const asked = { kind: 'records', ...everything, id, before: null, limit: RECORDS_OF_ACTION_MAX } as const;
  const read = { min_index: cell.running.durableSize() - 1 };
  return (await cell.followers.projections.query(asked, read)).rows;
}

async function sealedAt(cell: Cell, index: number): Promise<JsonObject | null> {
  const { parts } = parseHead(encodeUtf8(await cell.readHead(index)));
  const part = parts.sealed === null ? null : await cell.recorded.read(index, parts.sealed);
  return part === null ? null : openSealed(part);
}

/** The action as it was proposed, and what it was taken to mean. */
function judgedOf(sealed: JsonObject): JsonObject {
  const judged = objectOf(sealed['judged']);
  const { scene = null } = judged ?? {};
  return { ...objectOf(sealed['input']), ...objectOf(judged?.['understanding']), scene };
}
