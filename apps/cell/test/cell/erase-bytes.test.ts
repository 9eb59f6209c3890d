import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Cell, eraseAction, eraseNamespace, propose } from '@writ/cell';
import { decodeBase64url, encodeUtf8, parseHead } from '@writ/proof';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHeader } from '../../src/parts/frame.ts';
import { type CellWorld, createWorld, proposalOf } from './world.ts';

/**
 * Bytes that must be nowhere once something is erased: not in databases, their logs and free pages, not in
 * lists, snapshots, tiles or keys, while the cell runs and when it is closed.
 */
type Needle = { readonly name: string; readonly bytes: Buffer };

let world: CellWorld;

beforeEach(async () => {
  world = await createWorld();
  world = await world.reopen({ pace: { snapshot_every_records: 10 } });
});

afterEach(() => world.destroy());

/** So many that a batch, a snapshot and pages of every list are among them. */
async function act(): Promise<readonly [number, number]> {
  const acted = await Promise.all(
    Array.from({ length: 40 }, (_, nth) => propose(world.cell, proposalOf(world, { path: `p${nth}` }))),
  );
  await world.cell.followers.snapshots.idle();
  await listsAreThere(world.cell);
  return [acted[7]?.proven?.index ?? -1, acted[8]?.proven?.index ?? -1];
}

async function listsAreThere({ followers, running }: Cell): Promise<void> {
  while (followers.projections.status().as_of < running.durableSize()) await setTimeout(10);
}

/** What a sealed part is on disk, found by the commitment in its frame. */
async function sealedBytes(index: number): Promise<Needle> {
  const { sealed } = parseHead(encodeUtf8(await world.cell.readHead(index))).parts;
  const file = readFileSync(join(world.directory, 'state', 'cell', 'parts', '0000000001.parts'));
  const start = file.indexOf(Buffer.from(decodeBase64url(sealed ?? ''))) - 32;
  const header = readHeader(file, start);
  if (header === undefined) throw new Error('no frame');
  const body = start + header.body_offset;
  // After IV and tag.
  const bytes = file.subarray(body + 28, body + header.body_bytes);
  return { name: `the sealed part of ${index}`, bytes };
}

/** All that the keystore was made of: whoever has these and the master key opens the keys of every domain. */
function keystoreBytes(): readonly Needle[] {
  const keys = join(world.directory, 'config', 'keys');
  const keystore = readFileSync(join(keys, 'keystore'));
  const wrapped = keystore.readUInt16BE(21);
  const master = readdirSync(keys).find((name) => name.startsWith('master-')) ?? '';
  return [
    { name: 'the wrapped file key', bytes: keystore.subarray(23, 23 + wrapped) },
    { name: 'the sealed keys', bytes: keystore.subarray(23 + wrapped + 28) },
    {
      name: 'the master key',
      bytes: Buffer.from(readFileSync(join(keys, master), 'utf8').split('\n')[1] ?? ''),
    },
  ];
}

/** Which needles stand in which files of the home. Copied first: reading a file here would drop its locks. */
function find(needles: readonly Needle[]): readonly string[] {
  const copy = mkdtempSync(join(tmpdir(), 'writ-erased-'));
  try {
    execFileSync('cp', ['-R', world.directory, join(copy, 'home')]);
    const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['journal.sqlite', 'projections.sqlite', 'keystore', 'index']),
    );
    return files.flatMap(({ name, parentPath }) => {
      const content = readFileSync(join(parentPath, name));
      return needles
        .filter(({ bytes }) => content.includes(bytes))
        .map((needle) => `${needle.name} in ${name}`);
    });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

describe('what was erased', () => {
  it('eraseAction() leaves nothing of the sealed part in any file, and others where they are', async () => {
    const [index, next] = await act();
    const [erased, kept] = [await sealedBytes(index), await sealedBytes(next)];
    const other = `${kept.name} in 0000000001.parts`;
    expect(find([erased, kept])).toEqual([`${erased.name} in 0000000001.parts`, other]);
    await eraseAction(world.cell, { by: world.settings.operator, ns: world.ns, index });
    expect(find([erased, kept])).toEqual([other]);
    await world.cell.close();
    expect(find([erased, kept])).toEqual([other]);
    world = await world.reopen();
  });

  it('eraseNamespace() leaves nothing of what it sealed, nor of what could open it', async () => {
    const [index, next] = await act();
    const needles = [await sealedBytes(index), await sealedBytes(next), ...keystoreBytes()];
    expect(needles.every(({ bytes }) => bytes.length >= 32)).toBe(true);
    expect(find(needles)).toHaveLength(needles.length);
    await eraseNamespace(world.cell, { by: world.settings.operator, ns: world.ns });
    await listsAreThere(world.cell);
    expect(find(needles)).toEqual([]);
    await world.cell.close();
    expect(find(needles)).toEqual([]);
    world = await world.reopen();
  });
});
