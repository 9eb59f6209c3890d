import { type Cell, proveRecord } from '@writ/cell';
import { encodeBase64url, isId, parseHead, printWrit } from '@writ/proof';
import type { Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { countOf } from '../program/read-words.ts';
import { withStore } from './store.ts';

/** How far back an id is looked for when its index is not given. */
const LOOK_BACK = 10_000;

/** The writ of an action again: its decision, proved under the newest checkpoint, and its nonce. */
export const run: Run = (call) => {
  const [id = ''] = call.operands;
  if (!isId(id)) throw new CliFailure('USAGE', 'the id of an action is wanted');
  return withStore(call, async ({ cell }) => {
    const index = countOf(call, 'index') ?? cell.running.state().permitted.get(id)?.index;
    const found = index === undefined ? await findPermission(cell, id) : index;
    const { head, proof } = await proveRecord(cell, found);
    const ns = permissionNs(head, id);
    if (ns === null) throw new CliFailure('WRIT_UNKNOWN', `record ${found} does not permit that action`, 1);
    const writ = printWrit({ head, nonce: encodeBase64url(cell.hashes(ns).nonce(id)), proof });
    return { exit: 0, lines: [], raw: writ, json: { exit: 0, id, index: found, writ } };
  });
};

async function findPermission(cell: Cell, id: string): Promise<number> {
  const { size } = cell.running.head().frontier;
  for (let index = size - 1; index >= Math.max(0, size - LOOK_BACK); index -= 1) {
    if (permissionNs(await cell.readHead(index), id) !== null) return index;
  }
  throw new CliFailure('WRIT_UNKNOWN', 'no writ of that action is near the end of the log: give --index', 1);
}

/** The namespace of the head, if it permits the action. */
function permissionNs(text: string, id: string): string | null {
  const head = parseHead(new TextEncoder().encode(text));
  const judged = head.kind === 'decision' || head.kind === 'release';
  return judged && head.id === id && head.expires_at !== null ? head.ns : null;
}
