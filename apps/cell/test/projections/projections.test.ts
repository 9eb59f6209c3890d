import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReader } from '../../src/journal/sqlite/read.ts';
import { checksumOf } from '../../src/journal/sqlite/rows.ts';
import { type FollowedLog, followLog } from '../../src/projections/follow-log.ts';
import { openProjections } from '../../src/projections/open-projections.ts';
import type { ProjectionQuery, RecordRow, TicketRow } from '../../src/projections/query.ts';
import { type MadeLog, makeLog, ORIGIN } from '../snapshots/make-log.ts';

let directory: string;
let log: MadeLog;
let reader: ReturnType<typeof createReader>;
let file: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'writ-projections-'));
  log = await makeLog(directory);
  reader = createReader(log.file, 'FULL');
  file = join(directory, 'projections.sqlite');
});

afterEach(async () => {
  reader.close();
  await log.close();
  rmSync(directory, { recursive: true });
});

const follow = (): Promise<FollowedLog> =>
  followLog(file, ORIGIN, log.engine, reader.read, join(directory, 'carried'));

const RECORDS: Extract<ProjectionQuery, { kind: 'records' }> = {
  kind: 'records',
  ns: null,
  record_kind: null,
  id: null,
  verdict: null,
  code: null,
  from_ms: null,
  to_ms: null,
  before: null,
  limit: 1_000,
};
const TICKETS: Extract<ProjectionQuery, { kind: 'tickets' }> = {
  kind: 'tickets',
  ns: null,
  status: null,
  before: null,
  limit: 100,
};

async function caughtUp(): Promise<FollowedLog> {
  const followed = await follow();
  while (followed.advance(log.state.size) < log.state.size);
  return followed;
}

const indexes = (followed: FollowedLog, change: Partial<typeof RECORDS>): readonly number[] =>
  (followed.query({ ...RECORDS, ...change }).rows as RecordRow[]).map(({ index }) => index);

const tickets = (followed: FollowedLog): readonly string[] =>
  (followed.query(TICKETS).rows as TicketRow[]).map(({ status }) => status).reverse();

/** Everything in the lists, as text. */
function dump(): string {
  const database = new DatabaseSync(file);
  const tables = ['cursor', 'records', 'tickets', 'principals'];
  const text = JSON.stringify(tables.map((name) => database.prepare(`SELECT * FROM ${name}`).all()));
  database.close();
  return text;
}

describe('followLog()', () => {
  test('lists every record by what is asked for, the newest first, and says up to where', async () => {
    for (let nth = 0; nth < 4; nth += 1) log.act(nth, 'succeeded');
    await log.flush();
    const followed = await caughtUp();
    const all = followed.query(RECORDS);
    expect(all.as_of).toBe(log.state.size);
    expect(all.rows.length).toBe(log.state.size);
    expect(indexes(followed, { record_kind: 'outcome' }).length).toBe(4);
    expect(indexes(followed, { verdict: 'ALLOW', code: 'ALLOWED', ns: log.ns }).length).toBe(4);
    expect(indexes(followed, { ns: log.home, verdict: 'ALLOW' })).toEqual([]);
    expect(indexes(followed, { before: 3, limit: 2 })).toEqual([2, 1]);
    const [newest] = all.rows as RecordRow[];
    expect(indexes(followed, { from_ms: newest?.time ?? 0 })).toEqual([log.state.size - 1]);
    expect(indexes(followed, { to_ms: newest?.time ?? 0 }).length).toBe(log.state.size - 1);
    expect(indexes(followed, { id: newest?.id ?? '' }).length).toBe(3);
    followed.close();
  });

  test('follows a ticket through answer, release, expiry and erasure', async () => {
    const answers = Array.from({ length: 4 }, (_, nth) => log.act(nth, 'open', 'mail.send'));
    await log.flush();
    expect(tickets(await caughtUp())).toEqual(['open', 'open', 'open', 'open']);
    const [first, second] = answers.map((answer) =>
      answer.kind === 'judged' ? (answer.ticket?.id ?? '') : '',
    );
    for (const [ticket, kind] of [
      [first, 'approve'],
      [second, 'deny'],
    ] as const) {
      const binding = log.state.tickets.get(ticket ?? '')?.binding ?? '';
      const by = log.person;
      log.run({ kind, by, ticket: ticket ?? '', binding, proof_of_person: 'p2', sealed: '{}' });
    }
    await log.flush();
    expect(tickets(await caughtUp())).toEqual(['approved', 'denied', 'open', 'open']);
    const erase = { kind: 'erase', id: log.id('ers'), by: log.operator, ns: log.ns } as const;
    log.run({ ...erase, subject: { kind: 'namespace' } });
    await log.flush();
    const followed = await caughtUp();
    expect(tickets(followed)).toEqual(['void', 'denied', 'void', 'void']);
    expect(followed.query({ ...TICKETS, status: 'open' }).rows).toEqual([]);
    followed.close();
  });

  test('lists principals with what they may, and who is disabled', async () => {
    const principal = log.agents[0] ?? '';
    log.run({ kind: 'disable_principal', by: log.operator, ns: log.ns, principal });
    await log.flush();
    const followed = await caughtUp();
    const { rows } = followed.query({ kind: 'principals', ns: log.ns, after: null, limit: 10 });
    expect(rows.length).toBe(log.agents.length + 1);
    expect(rows).toContainEqual(expect.objectContaining({ principal, disabled: 1, kind: 'agent' }));
    followed.close();
  });

  test('gives the same lists whether it reads at once or with stops', async () => {
    for (let nth = 0; nth < 6; nth += 1) {
      log.act(nth, nth % 2 === 0 ? 'succeeded' : 'open', nth % 3 === 0 ? 'mail.send' : 'files.read');
      await log.flush();
    }
    for (let to = 1; to <= log.state.size; to += 3) {
      const followed = await follow();
      followed.advance(to);
      followed.close();
    }
    (await caughtUp()).close();
    const stopping = dump();
    rmSync(file);
    (await caughtUp()).close();
    expect(dump()).toBe(stopping);
  });

  test('builds anew what is damaged, of another schema or log, or ahead of the journal', async () => {
    log.act(0, 'succeeded');
    await log.flush();
    (await caughtUp()).close();
    const good = dump();
    const spoil = (sql: string) => () => {
      const database = new DatabaseSync(file);
      database.exec(sql);
      database.close();
    };
    const whole = readFileSync(file);
    const cases: readonly (() => void)[] = [
      () => writeFileSync(file, 'not a database'),
      () => writeFileSync(file, whole.subarray(0, 5_000)),
      () => writeFileSync(file, new Uint8Array(0)),
      spoil('PRAGMA user_version = 7'),
      spoil("UPDATE cursor SET origin = 'other.test/cell/1'"),
      spoil('UPDATE cursor SET size = size + 5'),
      spoil('UPDATE cursor SET size = size - 1'),
      spoil("UPDATE cursor SET tail = 'x'"),
      spoil('DELETE FROM cursor'),
      spoil('DROP TABLE tickets; DROP TABLE cursor'),
    ];
    for (const damage of cases) {
      damage();
      (await caughtUp()).close();
      expect(dump()).toBe(good);
    }
  });

  test('leaves cursor and rows together when a record cannot be read', async () => {
    log.act(0, 'succeeded');
    await log.flush();
    log.act(1, 'succeeded');
    await log.flush();
    const followed = await follow();
    const before = followed.advance(4);
    const batch = reader.read(log.state.size - 1, 1)[0];
    if (batch === undefined) throw new Error('no batch');
    // Sound as a row, so that the batches before it are projected when this one is taken apart.
    const broken = Uint8Array.from(batch.bytes);
    broken[0] = (broken[0] ?? 0) ^ 1;
    const write = (bytes: Uint8Array): void => {
      const database = new DatabaseSync(log.file);
      const statement = database.prepare('UPDATE batches SET bytes = ?, crc = ? WHERE first = ?');
      statement.run(bytes, checksumOf({ ...batch, bytes }), batch.from);
      database.close();
    };
    write(broken);
    expect(() => followed.advance(log.state.size)).toThrow('STORE_CORRUPT');
    expect(followed.query(RECORDS)).toMatchObject({ as_of: before, rows: { length: before } });
    write(batch.bytes);
    while (followed.advance(log.state.size) < log.state.size);
    expect(followed.query(RECORDS).rows.length).toBe(log.state.size);
    followed.close();
  });
});

describe('openProjections()', () => {
  const open = (): ReturnType<typeof openProjections> =>
    openProjections({
      file,
      journal: log.file,
      engines: join(directory, 'engines'),
      engine: log.engine.digest,
      origin: ORIGIN,
      carried: join(directory, 'carried'),
    });

  test('query() waits for the record that it is asked to know of', async () => {
    const projections = open();
    projections.durable(log.state.size);
    const known = await projections.query(RECORDS, { min_index: log.state.size - 1, wait_ms: 10_000 });
    expect(known.as_of).toBe(log.state.size);
    log.act(0, 'succeeded');
    projections.durable((await log.flush()).tree.after.size);
    const { rows, as_of } = await projections.query(RECORDS, {
      min_index: log.state.size - 1,
      wait_ms: 10_000,
    });
    expect(as_of).toBe(log.state.size);
    expect(rows[0]?.index).toBe(log.state.size - 1);
    expect(projections.status()).toMatchObject({ as_of, target: as_of, failures: 0 });
    await projections.close();
  });

  test('query() says that the lists are behind rather than answer from old ones', async () => {
    const projections = open();
    projections.durable(log.state.size);
    const asked = projections.query(RECORDS, { min_index: log.state.size + 5, wait_ms: 200 });
    await expect(asked).rejects.toMatchObject({ code: 'FOLLOWER_BEHIND' });
    await projections.close();
  });

  test('status() shows what failed, and the lists come when it is mended', async () => {
    const crcOf = (change: number) => {
      const database = new DatabaseSync(log.file);
      database.prepare('UPDATE batches SET crc = crc + ? WHERE first > 0').run(change);
      database.close();
    };
    crcOf(1);
    const projections = open();
    projections.durable(log.state.size);
    const asked = projections.query(RECORDS, { min_index: log.state.size - 1, wait_ms: 1_500 });
    await expect(asked).rejects.toMatchObject({ code: 'FOLLOWER_BEHIND' });
    expect(projections.status().failures).toBeGreaterThan(0);
    expect(projections.status().last_failure).toContain('JOURNAL_CORRUPT');
    crcOf(-1);
    const mended = await projections.query(RECORDS, { min_index: log.state.size - 1, wait_ms: 10_000 });
    expect(mended.as_of).toBe(log.state.size);
    await projections.close();
  });

  test('durable() is not forgotten while the thread opens its file', async () => {
    // One of these falls into the opening, on whatever machine.
    for (const delay_ms of [0, 20, 40, 60, 80, 100, 120, 150, 200]) {
      const projections = open();
      const asked = projections.query(RECORDS);
      projections.durable(1);
      await setTimeout(delay_ms);
      projections.durable(log.state.size);
      await asked;
      await projections.query(RECORDS, { min_index: log.state.size - 1, wait_ms: 10_000 });
      await projections.close();
      rmSync(file);
    }
  });
});
