import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editState } from '../../src/doctor/edit-state.ts';
import { doorOf } from '../../src/doctor/live-doors.ts';
import { lay, targetIn, temporary, vantageOf } from './stand.ts';

const DOOR = doorOf({ kind: 'port', address: '127.0.0.1', port: 1 });

describe('editState()', () => {
  it('breaks where the state is owned by this user', async () => {
    const directory = temporary();
    lay(directory, 'cell/journal.sqlite', 'cell/parts/0.parts');
    const finding = await editState(vantageOf({ target: targetIn(directory) }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 1 });
    expect(finding.detail).toMatch(/^4 of 4 files and directories .*journal\.sqlite/);
  });

  it('names a directory that is open to everybody', async () => {
    const directory = temporary();
    lay(directory, 'cell/journal.sqlite');
    for (const path of [directory, join(directory, 'cell')]) chmodSync(path, 0o777);
    const finding = await editState(vantageOf({ target: targetIn(directory) }));
    expect(finding).toMatchObject({ kind: 'broke', next: `chmod 700 ${join(directory, 'cell')}` });
  });

  it('breaks where nothing of it can be written, and the whole can be moved away', async () => {
    const directory = temporary();
    mkdirSync(join(directory, 'keys'));
    const target = targetIn(directory, { state_directories: [], state: [] });
    const finding = await editState(vantageOf({ target }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 1 });
    expect(finding.detail).toContain(`${join(directory, 'keys')} can be moved away`);
  });

  it('claims no more than a fence when a cell answers whose state is not in sight', async () => {
    const target = targetIn(temporary());
    expect(await editState(vantageOf({ target, doors: [DOOR] }))).toMatchObject({
      kind: 'held',
      wall_max: 2,
    });
    expect(await editState(vantageOf({ target }))).toMatchObject({ kind: 'not_measured' });
  });
});
