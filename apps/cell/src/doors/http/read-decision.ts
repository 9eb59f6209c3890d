import type { Reason } from '@writ/contract';
import { encodeBase64url, encodeUtf8, openPart, parseHead } from '@writ/proof';
import type { Cell } from '../../cell/open-cell.ts';
import { proveRecord } from '../../cell/prove.ts';
import type { ProvenHead } from '../../core/durable.ts';
import type { Caller } from './caller.ts';
import { recordsOf } from './lists.ts';
import { DoorRefusal } from './refusal.ts';

export type DecisionRead = {
  readonly proven: ProvenHead;
  /** Null when the sealed part was erased. */
  readonly reasons: readonly Reason[] | null;
  readonly nonce: string | null;
};

/** The last judgment of an action: its decision, or the release that took its place. */
export async function readDecision(cell: Cell, caller: Caller, id: string): Promise<DecisionRead> {
  const { rows } = await recordsOf(cell, caller, id);
  const last = rows.find(({ kind }) => kind === 'release' || kind === 'decision');
  if (last === undefined) throw new DoorRefusal('NOT_FOUND');
  const proven = await proveRecord(cell, last.index);
  const head = parseHead(encodeUtf8(proven.head));
  const part = head.parts.sealed === null ? null : await cell.recorded.read(last.index, head.parts.sealed);
  const isExecutor = 'executor' in head && head.executor === caller.principal;
  return {
    proven,
    reasons: part === null ? null : reasonsIn(part),
    nonce: isExecutor ? encodeBase64url(cell.hashes(caller.ns).nonce(head.id)) : null,
  };
}

function reasonsIn(part: string): readonly Reason[] {
  const sealed = JSON.parse(openPart(part).json) as { readonly reasons: readonly Reason[] }; // the kernel's
  return sealed.reasons;
}
