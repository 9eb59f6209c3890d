import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isOpenToOthers,
  listBelow,
  mayReplace,
  reachForMaking,
  reachForReading,
  reachForWriting,
} from '../../src/doctor/reach.ts';
import { userOfProcess } from '../../src/doctor/vantage.ts';
import { lay, temporary } from './stand.ts';

const user = userOfProcess();

describe('reachForReading(), reachForWriting(), reachForMaking()', () => {
  it('open what is this user owns, and change nothing of it', async () => {
    const directory = temporary();
    const [file = ''] = lay(directory, 'key');
    const before = statSync(file).mtimeMs;
    const made_before = statSync(directory).mtimeMs;
    expect(await reachForReading(file, user)).toBe('opened');
    expect(await reachForWriting(file, user)).toBe('opened');
    expect(await reachForMaking(directory, user)).toBe('opened');
    expect([readFileSync(file, 'utf8'), statSync(file).mtimeMs]).toEqual(['x', before]);
    expect([readdirSync(directory), statSync(directory).mtimeMs]).toEqual([['key'], made_before]);
  });

  it('say of what is not there that it is absent', async () => {
    const path = join(temporary(), 'none');
    for (const reach of [reachForReading, reachForWriting, reachForMaking])
      expect(await reach(path, user)).toBe('absent');
  });

  it.runIf(!user.is_root)('take a closed file of this user for one that it can open', async () => {
    const directory = temporary();
    const [file = ''] = lay(directory, 'key');
    chmodSync(file, 0);
    expect(await reachForReading(file, user)).toBe('owned');
    chmodSync(directory, 0);
    expect(await reachForReading(file, user)).toBe('owned');
    chmodSync(directory, 0o700);
  });
});

describe('isOpenToOthers()', () => {
  it('is true only where every directory on the way lets them pass', async () => {
    const directory = temporary();
    const [file = ''] = lay(directory, 'key');
    chmodSync(file, 0o644);
    expect(await isOpenToOthers(file)).toBe(false);
    chmodSync(directory, 0o711);
    expect(await isOpenToOthers(file)).toBe(true);
    chmodSync(file, 0o600);
    expect(await isOpenToOthers(file)).toBe(false);
  });
});

describe('mayReplace()', () => {
  it('follows the directory above, and the sticky bit', async () => {
    const directory = temporary();
    mkdirSync(join(directory, 'home'));
    expect(await mayReplace(join(directory, 'home'), user)).toBe(true);
    expect(await mayReplace(join(directory, 'none', 'home'), user)).toBe(false);
    chmodSync(directory, 0o1777);
    const other = { id: (user.id ?? 0) + 1, is_root: false };
    expect(await mayReplace(join(directory, 'home'), other)).toBe(false);
    chmodSync(directory, 0o777);
    expect(await mayReplace(join(directory, 'home'), other)).toBe(true);
  });
});

describe('listBelow()', () => {
  it('finds files and directories, follows no link, and passes over what is not there', async () => {
    const directory = temporary();
    lay(directory, 'a', 'deep/er/b');
    const { files, directories } = await listBelow([directory, join(directory, 'none')]);
    expect(files.map((path) => path.slice(directory.length)).sort()).toEqual(['/a', '/deep/er/b']);
    expect(directories).toHaveLength(4);
  });

  it('stops at a number that is enough', async () => {
    const directory = temporary();
    for (let at = 0; at < 2_100; at += 1) writeFileSync(join(directory, `${at}`), '');
    expect((await listBelow([directory])).files.length).toBeLessThanOrEqual(2_000);
  });
});
