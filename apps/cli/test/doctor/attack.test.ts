import type { Wall } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { measure, type Probed } from '../../src/doctor/attack.ts';
import { broke, held, type MeasuredWall, notMeasured } from '../../src/doctor/finding.ts';
import { reportAttack } from '../../src/doctor/report.ts';

const USER = { id: 1_000, is_root: false };

const inside = (name: string, finding: Probed['finding']): Probed => ({
  name,
  about: 'installation',
  finding,
});
const around = (finding: Probed['finding']): Probed => ({ name: 'around', about: 'surroundings', finding });
const holds = (wall: MeasuredWall = 3) => held(wall, 'it held');
const breaks = (wall: MeasuredWall) => broke(wall, 'it broke', 'mend it');
const open = notMeasured('nobody was there', 'call somebody');

const exitOf = (probed: readonly Probed[], wall: Wall | null = null) =>
  reportAttack(probed, USER, { wall, by: 'a test' }).exit;

describe('measure()', () => {
  it('is as high as the weakest part, and names it', () => {
    const probed = [inside('a', holds()), inside('b', breaks(1)), around(holds()), inside('c', breaks(0))];
    expect(measure(probed)).toMatchObject({ wall: 0, is_complete: true, weakest: { name: 'c' } });
    expect(measure(probed.slice(0, 3))).toMatchObject({ wall: 1, weakest: { name: 'b' } });
    expect(measure([inside('a', holds()), inside('b', holds(2))])).toMatchObject({ wall: 2 });
  });

  it('is no wall where nothing of an installation was measured', () => {
    expect(measure([inside('a', open), around(breaks(1))])).toMatchObject({ wall: null, is_complete: false });
    expect(measure([])).toMatchObject({ wall: null });
  });

  it('says when something was not measured', () => {
    expect(measure([inside('a', holds()), inside('b', open)])).toMatchObject({ wall: 3, is_complete: false });
  });
});

describe('reportAttack()', () => {
  it.each([
    { why: 'a sign is what nobody claims more than', wall: 1 as const, claimed: null, exit: 0 },
    { why: 'less than a sign is always too little', wall: 0 as const, claimed: null, exit: 1 },
    { why: 'the claim stands', wall: 2 as const, claimed: 2 as const, exit: 0 },
    { why: 'there is more than is claimed', wall: 3 as const, claimed: 2 as const, exit: 0 },
    { why: 'there is less than is claimed', wall: 1 as const, claimed: 2 as const, exit: 1 },
    { why: 'nothing shows wall 4', wall: 3 as const, claimed: 4 as const, exit: 1 },
    { why: 'nothing is claimed but to observe', wall: 0 as const, claimed: 0 as const, exit: 0 },
  ])('ends with $exit when $why', ({ wall, claimed, exit }) => {
    expect(exitOf([inside('a', holds(wall))], claimed)).toBe(exit);
  });

  it('ends with 2 when something was not measured, unless the wall is too low already', () => {
    expect(exitOf([inside('a', holds()), inside('b', open)], 3)).toBe(2);
    expect(exitOf([inside('a', breaks(1)), inside('b', open)], 3)).toBe(1);
    expect(exitOf([inside('a', open), around(breaks(1))])).toBe(2);
  });

  it('says of each probe what was found and what comes next', () => {
    const probed = [inside('a', holds()), inside('b', breaks(1)), inside('c', open)];
    const { lines, json } = reportAttack(probed, { id: 0, is_root: true }, { wall: 3, by: 'a test' });
    expect(json).toMatchObject({
      wall: 1,
      complete: false,
      claimed: 3,
      root: true,
      probes: [
        { name: 'a', held: true, detail: 'it held' },
        { name: 'b', held: false, wall: 1, next: 'mend it' },
        { name: 'c', held: null, wall: null, next: 'call somebody' },
      ],
    });
    const text = lines.map((line) => line.text).join('\n');
    expect(text).toContain('root, to whom no file and no process is closed');
    expect(text).toContain('wall 1 at most');
    expect(text).toContain('wall 3 is claimed (a test), and that is more than there is');
  });
});
