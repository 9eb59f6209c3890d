import { join } from 'node:path';
import { LOG_BATCH_RECORDS_MAX } from '@writ/proof';
import type { Client } from '@writ/sdk';
import type { Place } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { initialise } from '../init-command.ts';
import { withStore } from '../store.ts';
import { act, type Acting, type Asked } from './acts/act.ts';
import { openRunner, type Runner } from './acts/runner.ts';
import { type Board, openBoard } from './board.ts';
import { type CellProcess, openCellProcess } from './cell/cell-process.ts';
import { openMemory, openStageClients, type StageClients } from './cell/stage-clients.ts';
import type { AboutView } from './entry.ts';
import { type Exhibits, openExhibits } from './exhibits/exhibits.ts';
import { showForge } from './exhibits/show-forge.ts';
import { showKill } from './exhibits/show-kill.ts';
import { type Damaged, showTamper } from './exhibits/show-tamper.ts';
import { furnishStage, type StageKeys } from './furnish-stage.ts';

/** A cell of its own, whoever acts on it, and what can be seen of both. */
export type Stage = {
  readonly about: AboutView;
  readonly board: Board;
  readonly exhibits: Exhibits;
  readonly acting: Acting;
  act(asked: Asked): Promise<number>;
  close(): Promise<void>;
};

/** Makes the home, furnishes the cell in it, and starts that as a process of its own. */
export async function openStage(place: Place, workspace: string): Promise<Stage> {
  const { origin, vkey } = await initialise(place, 'stage');
  const keys = await withStore(place, furnishStage);
  const about = { origin, vkey, workspace };
  const board = openBoard(about);
  const cell = openCellProcess(place.environment, board);
  try {
    return await openOn(cell, { about, board, keys, home: place.environment['WRIT_HOME'] ?? '' });
  } catch (error) {
    await cell.stop();
    throw error;
  }
}

type Ground = {
  readonly about: AboutView;
  readonly board: Board;
  readonly keys: StageKeys;
  readonly home: string;
};

async function openOn(cell: CellProcess, { about, board, keys, home }: Ground): Promise<Stage> {
  const { workspace } = about;
  const first = await cell.start();
  if (first.kind === 'failed') throw new CliFailure(first.code, first.detail);
  const memory = openMemory();
  const connections = openConnections(cell, () => openStageClients(first.socket, keys, about, memory));
  const { agent, trust } = await connections.now();
  const runner: Runner = openRunner(workspace, agent.executor, trust);
  const client = async (): Promise<Client> => (await connections.now()).agent;
  const acting: Acting = {
    board,
    workspace,
    client,
    runner: () => runner,
    openSealed: (index) => cell.openSealed(index),
  };
  const reader = async (): Promise<Client> => (await connections.now()).reader;
  const exhibits = openExhibits(board, {
    tamper: () => {
      const journal = join(home, 'state', 'cell', 'journal.sqlite');
      return showTamper({ board, cell, journal, record: async () => lastBlocked(board, await reader()) });
    },
    forge: async () => showForge({ board, workspace, client: await client(), runner }),
    kill: () =>
      showKill({ board, cell, workspace, load: async () => (await connections.now()).load, reader }),
  });
  return { about, board, exhibits, acting, act: (asked) => act(acting, asked), close: () => cell.stop() };
}

/** The clients of the cell that serves now: opened anew after each start. */
function openConnections(cell: CellProcess, open: () => Promise<StageClients>) {
  let opened: { readonly starts: number; readonly clients: Promise<StageClients> } | null = null;
  return {
    async now(): Promise<StageClients> {
      const starts = await cell.serving();
      if (opened?.starts !== starts) opened = { starts, clients: open() };
      const mine = opened;
      try {
        return await mine.clients;
      } catch (error) {
        if (opened === mine) opened = null;
        throw error;
      }
    },
  };
}

/** What somebody would most like to have never happened: the last refusal that is recorded. */
async function lastBlocked(board: Board, reader: Client): Promise<Damaged> {
  const all = board.everything();
  const entries = all.kind === 'all' ? all.entries : [];
  const index = entries.findLast(({ verdict }) => verdict === 'BLOCK')?.index ?? 0;
  const called = await reader.call('listEntries', { query: { from: index, limit: 1 } });
  if (called.kind === 'problem') throw Object.assign(new Error('no entries'), { code: called.problem.code });
  return { index, head: called.value.heads[0] ?? '', batch_from: await startOfBatch(reader, index) };
}

/** A row of the journal is one batch, and damage within it is told by its first record. */
async function startOfBatch(reader: Client, index: number): Promise<number> {
  for (let from = Math.max(0, index - LOG_BATCH_RECORDS_MAX); ; ) {
    const called = await reader.call('listBatches', { query: { from } });
    if (called.kind === 'problem')
      throw Object.assign(new Error('no batches'), { code: called.problem.code });
    const begun = from;
    for (const { heads } of called.value.batches) {
      if (index < from + heads.length) return from;
      from += heads.length;
    }
    if (from === begun) return index;
  }
}
