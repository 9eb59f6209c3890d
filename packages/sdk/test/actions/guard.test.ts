import { guard, type GuardOptions, type TransportAnswer, WritRefused } from '@writ/sdk';
import { describe, expect, it } from 'vitest';
import { textOf } from '../support/lies.ts';
import { idOf, refuse } from '../support/small-cell.ts';
import { openWorld, type World } from '../support/world.ts';

type Told = { readonly runs: unknown[]; readonly unreported: string[] };

const openGuard = async (
  fn: (args: { readonly path: string }) => unknown = () => 'done',
  options: Partial<GuardOptions> = {},
): Promise<readonly [World, (args: { readonly path: string }) => Promise<unknown>, Told]> => {
  const world = await openWorld();
  const told: Told = { runs: [], unreported: [] };
  const guarded = guard(
    world.client,
    (args: { readonly path: string }) => {
      told.runs.push(args);
      return fn(args);
    },
    {
      tool: 'files.read',
      onUnreported: (id, code) => void told.unreported.push(`${id} ${code}`),
      ...options,
    },
  );
  return [world, guarded, told];
};

const askedOf = ({ cell }: World): readonly string[] => cell.requests.map(({ id }) => id).slice(1);

describe('guard()', () => {
  it('runs after propose and commit, and reports', async () => {
    const [world, guarded, { runs }] = await openGuard();
    expect(await guarded({ path: 'a' })).toBe('done');
    expect(runs).toEqual([{ path: 'a' }]);
    expect(askedOf(world)).toEqual(['proposeAction', 'commitAction', 'reportOutcome']);
    expect(world.cell.heads.at(-1)).toContain('"status":"succeeded"');
  });

  it('passes on what was judged and never the object that was given', async () => {
    const given = { path: 'a' };
    const [world, guarded, { runs }] = await openGuard();
    world.lie = (answer) => {
      given.path = 'b';
      return answer;
    };
    await guarded(given);
    expect(runs).toEqual([{ path: 'a' }]);
    expect(runs[0]).not.toBe(given);
  });

  it.each([
    ['undefined', { path: undefined }, 'JSON_NOT_PLAIN'],
    ['a function', { path: () => 'a' }, 'JSON_NOT_PLAIN'],
    ['an object of a class', { path: new Date(0) }, 'JSON_NOT_PLAIN'],
    ['NaN', { path: Number.NaN }, 'JSON_NOT_PLAIN'],
    ['an integer that readers take differently', { path: 2 ** 53 }, 'USE_STRING'],
    ['an object that contains itself', circular(), 'JSON_TOO_DEEP'],
    ['an object that throws when it is read', throwing(), 'JSON_NOT_PLAIN'],
    ['a list', ['a'], 'REQUEST_INVALID'],
  ])('refuses %s and asks nobody', async (_, given, code) => {
    const [world, guarded, { runs }] = await openGuard();
    await expect(guarded(given as never)).rejects.toMatchObject({ code });
    expect(askedOf(world)).toEqual([]);
    expect(runs).toEqual([]);
  });

  it.each([
    ['BLOCK', 'NO_RULE', null],
    ['ESCALATE', 'RULE_ESCALATE', idOf('tkt', 1)],
    ['NEED_EVIDENCE', 'RULE_EVIDENCE', null],
  ])('throws WritRefused and runs nothing on %s', async (verdict, code, ticket) => {
    const [world, guarded, { runs }] = await openGuard();
    world.cell.decision = { verdict, code, expires_at: null, ticket };
    const refused: unknown = await guarded({ path: 'a' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WritRefused);
    expect(refused).toMatchObject({ verdict, code, ticket, reasons: [{ code }] });
    expect((refused as Error).message).not.toContain('as the server puts it');
    expect(runs).toEqual([]);
  });

  it('runs nothing when the commit is refused, lost or not believed', async () => {
    const answers: readonly ((answer: TransportAnswer) => TransportAnswer)[] = [
      () => refuse('STATE_DRIFT'),
      () => {
        throw new Error('lost');
      },
      (answer) => ({ ...answer, body: answer.body.slice(1) }),
    ];
    for (const lie of answers) {
      const [world, guarded, { runs }] = await openGuard();
      world.lie = (answer, id) => (id === 'commitAction' ? lie(answer) : answer);
      await expect(guarded({ path: 'a' })).rejects.toBeInstanceOf(WritRefused);
      expect(runs).toEqual([]);
    }
  });

  it('runs once for each call, also of equal ones at a time', async () => {
    const [world, guarded, { runs }] = await openGuard();
    await Promise.all([guarded({ path: 'a' }), guarded({ path: 'a' }), guarded({ path: 'a' })]);
    expect(runs).toHaveLength(3);
    expect(new Set(world.cell.heads.filter((head) => head.includes('"kind":"commit"'))).size).toBe(3);
  });

  it('reports what is thrown as failed, or as the caller judges it, and throws it on', async () => {
    const error = new Error('no such file');
    for (const [statusOf, status] of [
      [undefined, 'failed'],
      [() => 'unknown' as const, 'unknown'],
      [
        () => {
          throw new Error('and this');
        },
        'unknown',
      ],
    ] as const) {
      const [world, guarded] = await openGuard(
        () => {
          throw error;
        },
        statusOf === undefined ? {} : { statusOf },
      );
      await expect(guarded({ path: 'a' })).rejects.toBe(error);
      expect(world.cell.heads.at(-1)).toContain(`"status":"${status}"`);
    }
  });

  it('gives the result though the outcome could not be reported, and says so', async () => {
    const [world, guarded, { unreported }] = await openGuard();
    world.lie = (answer, id) => (id === 'reportOutcome' ? refuse('UNAVAILABLE') : answer);
    expect(await guarded({ path: 'a' })).toBe('done');
    expect(unreported).toEqual([`${idOf('act', 3)} UNAVAILABLE`]);
  });

  it('gives the result though the outcome is not believed and whoever is told throws', async () => {
    const onUnreported = (): never => {
      throw new Error('nobody listens');
    };
    const [world, guarded] = await openGuard(() => 'done', { onUnreported });
    world.cell.outcome = { status: 'failed' };
    expect(await guarded({ path: 'a' })).toBe('done');
  });

  it('refuses an obligation that it was not given, and meets one that it was', async () => {
    const [world, guarded, { runs }] = await openGuard();
    world.cell.decision = { obligations: ['notify'] };
    await expect(guarded({ path: 'a' })).rejects.toMatchObject({ code: 'OBLIGATION_UNMET' });
    expect(runs).toEqual([]);
    const [able, met] = await openGuard(undefined, { obligations: ['notify'] });
    able.cell.decision = { obligations: ['notify'] };
    expect(await met({ path: 'a' })).toBe('done');
  });

  it('observes the scene for the proposal and again for the commit', async () => {
    let count = 0;
    const scene = { directory: '/repo', roots: [], shell: null, items: [] };
    const observe = async () => ({ ...scene, directory: `/repo/${(count += 1)}` });
    const [world, guarded] = await openGuard(undefined, {
      observe,
      why: 'asked',
      session: 'one',
      target: 'here',
    });
    await guarded({ path: 'a' });
    const [proposed, committed] = world.cell.requests
      .slice(-3)
      .map(({ request }) => textOf(request.body ?? new Uint8Array()));
    expect(proposed).toContain('/repo/1');
    expect(committed).toContain('/repo/2');
  });
});

function circular(): object {
  const value: { path?: unknown } = {};
  value.path = value;
  return value;
}

function throwing(): object {
  return {
    get path(): string {
      throw new Error('not today');
    },
  };
}
