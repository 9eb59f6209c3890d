import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doorOf } from '../../src/doctor/live-doors.ts';
import { readKeys } from '../../src/doctor/read-keys.ts';
import { lay, targetIn, temporary, vantageOf } from './stand.ts';

const DOOR = doorOf({ kind: 'port', address: '127.0.0.1', port: 1 });

describe('readKeys()', () => {
  it('breaks where the keys are owned by this user, and says of how many', async () => {
    const directory = temporary();
    lay(directory, 'keys/checkpoint.key', 'keys/keystore', 'keys/master-1.key');
    const finding = await readKeys(vantageOf({ target: targetIn(directory) }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 1 });
    expect(finding.detail).toContain('3 of 3');
    expect(finding.next).not.toContain('chmod');
  });

  it('names a key that is open to everybody', async () => {
    const directory = temporary();
    const [key = ''] = lay(directory, 'keys/checkpoint.key');
    for (const path of [directory, join(directory, 'keys')]) chmodSync(path, 0o755);
    chmodSync(key, 0o644);
    const finding = await readKeys(vantageOf({ target: targetIn(directory) }));
    expect(finding).toMatchObject({ kind: 'broke', next: `chmod 600 ${key}` });
  });

  it('claims no more than a fence when a cell answers whose keys are not in sight', async () => {
    const target = targetIn(temporary());
    const finding = await readKeys(vantageOf({ target, doors: [DOOR] }));
    expect(finding).toMatchObject({ kind: 'held', wall_max: 2 });
    expect(await readKeys(vantageOf({ target }))).toMatchObject({ kind: 'not_measured' });
  });
});
