import { sha256Base64url } from '@writ/proof';
import type { Client } from '@writ/sdk';
import type { Board } from '../board.ts';
import type { CellProcess } from '../cell/cell-process.ts';
import { type ObservedScene, observeScene } from '../acts/observe-scene.ts';
import { COMMAND } from '../furnish-stage.ts';

const NAME = 'kill';

export type Killing = {
  readonly board: Board;
  readonly cell: CellProcess;
  readonly workspace: string;
  load(): Promise<Client>;
  reader(): Promise<Client>;
};

/** Enough to be in the middle of work, and few enough to be quick. */
const ACKNOWLEDGED_MIN = 300;
const CLIENTS = 16;
/** A machine that is slow is killed with fewer. */
const PATIENCE_MS = 8_000;
const PAGE = 100;

/**
 * Proposals as fast as they are answered, and `kill -9` in the middle. Every record that was acknowledged is
 * then read back from the log, which first has to prove that it continues what was seen.
 */
export async function showKill({ board, cell, workspace, load, reader }: Killing): Promise<boolean> {
  const acknowledged = new Map<number, string>();
  const scene = observeScene(workspace, 'echo', []);
  const work = openLoad(await load(), scene, acknowledged);
  await work.reached;
  const killed = cell.kill();
  const lost_answers = await work.end();
  await killed;
  const count = acknowledged.size;
  const unanswered = `${lost_answers} more were under way and got no answer`;
  board.tell(NAME, { tone: 'plain', text: `kill -9 after ${count} acknowledged records; ${unanswered}` });
  await cell.serving();
  const held = await readHeads(await reader(), acknowledged);
  const lost = [...acknowledged].filter(([index, digest]) => held.get(index) !== digest).length;
  board.tell(NAME, {
    tone: 'plain',
    text: 'the cell came back by itself; its log continues what was seen before',
  });
  const text = `${count} acknowledged before, ${count - lost} of them in the log now: ${lost} lost`;
  board.tell(NAME, { tone: lost === 0 && count > 0 ? 'good' : 'bad', text });
  return lost === 0 && count > 0;
}

function openLoad(client: Client, scene: ObservedScene, acknowledged: Map<number, string>) {
  let going = true;
  let unanswered = 0;
  let reach = (): void => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const timer = setTimeout(() => reach(), PATIENCE_MS);
  const turn = async (name: string): Promise<void> => {
    for (let count = 0; going; count += 1) {
      const args = { executable: 'echo', args: [`${name}-${count}`] };
      // Spent in the same step: two records for each answer.
      const claim = { attempt: client.newId(), target: null };
      try {
        const body = { tool: COMMAND.name, args, session: name, scene, claim };
        const called = await client.call('proposeAction', { body });
        const { proven = null } = called.kind === 'answer' ? called.value : called.problem;
        if (proven !== null) acknowledged.set(proven.index, sha256Base64url(proven.head));
      } catch {
        unanswered += 1;
        return;
      }
      if (acknowledged.size >= ACKNOWLEDGED_MIN) reach();
    }
  };
  const turns = Array.from({ length: CLIENTS }, (_, at) => turn(`load-${at}`));
  return {
    reached,
    async end(): Promise<number> {
      going = false;
      await Promise.all(turns);
      clearTimeout(timer);
      return unanswered;
    },
  };
}

/** Digests of the heads that the log has now, from the first acknowledged to the last. */
async function readHeads(
  reader: Client,
  acknowledged: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, string>> {
  const held = new Map<number, string>();
  const last = Math.max(...acknowledged.keys());
  for (let from = Math.min(...acknowledged.keys()); from <= last; from += PAGE) {
    const called = await reader.call('listEntries', { query: { from, limit: PAGE } });
    if (called.kind === 'problem') return held;
    for (const [at, head] of called.value.heads.entries()) held.set(from + at, sha256Base64url(head));
  }
  return held;
}
