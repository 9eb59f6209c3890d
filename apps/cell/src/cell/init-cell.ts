import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { PrincipalDefinition } from '@writ/contract';
import { emptyFrontier, sha256Base64url } from '@writ/proof';
import { layBatch, sealBatch, writeBatch } from '../core/commit-batch.ts';
import { CoreFailure } from '../core/failure.ts';
import { finishEpoch } from '../drills/switch-epoch.ts';
import { type Engine, loadCurrentEngine } from '../engine/load-engine.ts';
import { lockStore } from '../home/lock-store.ts';
import { makePrivateDirectory, openHome } from '../home/private-directory.ts';
import type { Home } from '../home/resolve-home.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { openPartStore } from '../parts/open-part-store.ts';
import { openFileMasterKeys } from '../sealing/file-master-keys.ts';
import type { Keystore } from '../sealing/keystore.ts';
import { createKeystore, openKeystore } from '../sealing/open-keystore.ts';
import { createFileSigner, openFileSigner } from '../signer/file-signer.ts';
import type { Signer } from '../signer/signer.ts';
import { openMint } from './mint.ts';
import { type Places, placesOf } from './places.ts';
import { type CellSettings, readSettings, writeSettings } from './settings.ts';

export type InitOptions = {
  /** Names the cell in its origin; a random part is always added. */
  readonly name: string;
  readonly now_ms: number;
};

const NAME = /^[a-z0-9][a-z0-9.-]{0,62}$/;

/** The first operator: everything that only people may do, and no action of its own. */
export const OPERATOR: PrincipalDefinition = {
  kind: 'admin',
  scopes: ['approve', 'erase', 'explain', 'freeze', 'govern', 'operate', 'read', 'thaw'],
  effects: [],
  risk_cap: 0,
  wall: 0,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 0, open_writs: 0, pending_tickets: 0 },
};

/**
 * Makes keys, store and record 0. Repeatable after a crash at any point: the settings are written before the
 * log begins and name it, and nothing that exists is replaced.
 */
export async function initCell(home: Home, options: InitOptions): Promise<CellSettings> {
  if (!NAME.test(options.name))
    throw new CoreFailure('CELL_NAME', 'a cell name is lower-case letters, digits, . and -');
  await openHome(home);
  // A restore that stopped on its way has the right of way: what it laid is what was asked for first.
  await finishEpoch(home);
  const places = placesOf(home);
  await makePrivateDirectory(places.store);
  const lock = lockStore(places.store);
  try {
    return await initLocked(places, options);
  } finally {
    lock.release();
  }
}

async function initLocked(places: Places, options: InitOptions): Promise<CellSettings> {
  const engine = await loadCurrentEngine(places.engines);
  const keys = await openOrCreateKeystore(places);
  try {
    const settings = (await readSettings(places.settings)) ?? (await newSettings(places, options));
    await keys.createDomains([settings.home]);
    const signer = await openFileSigner(places.checkpointKey, { purpose: 'checkpoint', vkey: settings.vkey });
    await beginLog(places, { engine, keys, signer, settings, now_ms: options.now_ms });
    return settings;
  } finally {
    await keys.close();
  }
}

async function openOrCreateKeystore(places: Places): Promise<Keystore> {
  const place = { directory: places.keys, masters: openFileMasterKeys(places.keys) };
  try {
    return await createKeystore(place);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'KEYSTORE_EXISTS')
      return openKeystore(place);
    throw error;
  }
}

async function newSettings(places: Places, options: InitOptions): Promise<CellSettings> {
  const mint = openMint();
  const origin = `${hostPart()}/${options.name}/${randomBytes(8).toString('hex')}`;
  const signer = await createOrReuseSigner(places, origin);
  const name = signer.vkey.slice(0, signer.vkey.indexOf('+'));
  const settings: CellSettings = {
    format: 'writ-cell/v1',
    origin: name,
    vkey: signer.vkey,
    home: mint.id('ns'),
    operator: mint.id('prn'),
  };
  await writeSettings(places.settings, settings);
  return settings;
}

/** A key without settings is what a crash left here: it has signed nothing yet. */
async function createOrReuseSigner(places: Places, origin: string): Promise<Signer> {
  try {
    return await createFileSigner(places.checkpointKey, 'checkpoint', origin);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'KEY_EXISTS') {
      return openFileSigner(places.checkpointKey, { purpose: 'checkpoint' });
    }
    throw error;
  }
}

function hostPart(): string {
  const host = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-');
  return host === '' ? 'localhost' : host.slice(0, 63);
}

type Beginning = {
  readonly engine: Engine;
  readonly keys: Keystore;
  readonly signer: Signer;
  readonly settings: CellSettings;
  readonly now_ms: number;
};

async function beginLog(
  places: Places,
  { engine, keys, signer, settings, now_ms }: Beginning,
): Promise<void> {
  // One record needs no reserve: the first start lays it.
  const journal = openSqliteJournal({ file: places.journal, reserve_bytes: 0 });
  const parts = await openPartStore({ directory: places.parts, keys });
  try {
    const head = await journal.open();
    if (head.size > 0) throw new CoreFailure('STORE_EXISTS', `${places.store} holds a log already`);
    const mint = openMint();
    const { step, emptyState } = engine.functions;
    const { records } = step(
      emptyState(),
      {
        kind: 'genesis',
        id: mint.id('log'),
        ns: settings.home,
        origin: settings.origin,
        reason: 'new',
        predecessor: null,
        keys: [sha256Base64url(settings.vkey)],
        engine: engine.digest,
        state_digest: null,
        operator: { id: settings.operator, definition: OPERATOR },
      },
      { now_ms, salts: mint.salts() },
      { hash: sha256Base64url, policy: () => null },
    );
    const logHead = { frontier: emptyFrontier(), note: '', term: head.term };
    const ports = { journal, parts, signer, origin: settings.origin };
    await sealBatch(ports, 0, records);
    const result = await writeBatch(ports, logHead, layBatch(logHead, 0, records), head.term);
    if (result !== 'committed')
      throw new CoreFailure('UNAVAILABLE', `record 0 was not committed: ${result}; try again`);
  } finally {
    await parts.close();
    await journal.close();
  }
}
