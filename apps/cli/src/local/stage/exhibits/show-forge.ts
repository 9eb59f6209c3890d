import { randomBytes } from 'node:crypto';
import { encodeUtf8, parseReceipt, printJson, printReceipt } from '@writ/proof';
import type { Client } from '@writ/sdk';
import type { Board } from '../board.ts';
import { COMMAND } from '../furnish-stage.ts';
import { observeScene } from '../acts/observe-scene.ts';
import type { Runner } from '../acts/runner.ts';

const NAME = 'forge';

export type Forging = {
  readonly board: Board;
  readonly workspace: string;
  readonly client: Client;
  readonly runner: Runner;
};

const GOOD = { executable: 'cat', args: ['README.md'] };
const OTHER = { executable: 'cat', args: ['.env'] };

/**
 * Four ways to act without permission. Each is tried against the cell, or against the runner before the
 * world.
 */
export async function showForge(forging: Forging): Promise<boolean> {
  const { board, workspace, client, runner } = forging;
  const tell = (what: string, code: string, wanted: string): boolean => {
    const refused = code === wanted;
    const text = refused ? `${what}: refused, ${code}` : `${what}: expected ${wanted}, got ${code}`;
    board.tell(NAME, { tone: refused ? 'good' : 'bad', text });
    return refused;
  };
  const scene = observeScene(workspace, GOOD.executable, GOOD.args);
  const spend = async (id: string, args: typeof GOOD): Promise<string> => {
    const body = {
      attempt: client.newId(),
      args: { ...args, args: [...args.args] },
      scene,
    };
    const called = await client.call('commitAction', { path: { id }, body });
    return called.kind === 'problem' ? called.problem.code : 'SPENT';
  };
  const results = [tell('a run without a writ', await spend(inventId(), GOOD), 'WRIT_UNKNOWN')];

  const proposal = { tool: COMMAND.name, args: { ...GOOD, args: [...GOOD.args] }, session: 'forge' };
  const allowed = await client.propose({ ...proposal, scene });
  if (allowed.verdict !== 'ALLOW') return tell('a permission to forge with', allowed.code, 'ALLOWED');
  const { id, writ } = allowed;
  results.push(tell('its writ for other arguments', await spend(id, OTHER), 'ARGUMENTS_DIFFER'));

  const args = printJson(proposal.args);
  const unspent = await runner.run({ receipt: writ, writ, args });
  results.push(tell('a writ that nobody has spent', codeOf(unspent), 'UNSPENT'));

  const spent = await client.commit(writ, { ...proposal, attempt: client.newId(), scene });
  if (spent.verdict !== 'SPENT') return tell('a receipt to forge with', spent.code, 'SPENT');
  const edited = await runner.run({ receipt: editHead(spent.receipt), writ, args });
  results.push(
    tell('its receipt with one letter of the record changed', codeOf(edited), 'TREE_ROOT_MISMATCH'),
  );
  const first = await runner.run({ receipt: spent.receipt, writ, args });
  board.tell(NAME, {
    tone: 'plain',
    text: `the receipt itself: ${first.kind === 'ran' ? 'it ran, once' : first.code}`,
  });
  const again = await runner.run({ receipt: spent.receipt, writ, args });
  results.push(tell('the same receipt a second time', codeOf(again), 'ALREADY_SPENT'));
  const status = first.kind === 'ran' ? first.ran.status : 'failed';
  await client.reportOutcome(id, { status, attested_by: 'agent' });
  return first.kind === 'ran' && results.every((refused) => refused);
}

function codeOf(answer: Awaited<ReturnType<Runner['run']>>): string {
  return answer.kind === 'ran' ? 'RAN' : answer.code;
}

/** The record with another letter in its salt: everything that it says is the same. */
function editHead(receipt: string): string {
  const { head, proof } = parseReceipt(encodeUtf8(receipt));
  const mark = '"salt":"';
  const at = head.indexOf(mark) + mark.length;
  const other = head[at] === 'A' ? 'B' : 'A';
  return printReceipt({ head: `${head.slice(0, at)}${other}${head.slice(at + 1)}`, proof });
}

/** An id as the cell makes them, of nothing that it ever permitted. */
function inventId(): string {
  const letters = [...randomBytes(25)].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'.charAt(byte & 31));
  return `act_0${letters.join('')}`;
}
