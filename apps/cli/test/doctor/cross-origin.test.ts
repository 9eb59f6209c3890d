import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { crossOrigin } from '../../src/doctor/cross-origin.ts';
import { type Said, smallDoor, vantageOf } from './stand.ts';

type Rule = 'twice' | 'host' | 'origin' | 'site';

/** A door that keeps to all the rules but one. */
const sayWithout =
  (left_out: Rule | null) =>
  ({ headers, rawHeaders, socket }: IncomingMessage): Said => {
    const keeps = (rule: Rule): boolean => rule !== left_out;
    const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
    if (keeps('twice') && hosts > 1) return { status: 400, code: 'REQUEST_INVALID' };
    const own = `localhost:${socket.localPort ?? 0}`;
    if (keeps('host') && headers.host !== own) return { status: 421, code: 'HOST_REFUSED' };
    const isForeign = keeps('origin') && headers.origin !== undefined;
    const isAcross = keeps('site') && headers['sec-fetch-site'] !== undefined;
    return isForeign || isAcross ? { status: 403, code: 'ORIGIN_REFUSED' } : { status: 200 };
  };

describe('crossOrigin()', () => {
  it('holds at a door that keeps to all the rules', async () => {
    const door = await smallDoor(sayWithout(null));
    expect(await crossOrigin(vantageOf({ doors: [door] }))).toMatchObject({ kind: 'held', wall_max: 3 });
  });

  it.each([
    ['host', /^a name that was pointed here, .*: 200/],
    ['origin', /^a page of https:\/\/attacker\.example, .*: 200/],
    ['site', /^a fetch across sites, .*: 200/],
    ['twice', /^two names, .*: 200/],
  ] as const)('breaks a door that does not look at %s', async (rule, detail) => {
    const door = await smallDoor(sayWithout(rule));
    const finding = await crossOrigin(vantageOf({ doors: [door] }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 0 });
    expect(finding.detail).toMatch(detail);
  });

  it('breaks a door that refuses and yet lets the page read', async () => {
    const headers = { 'access-control-allow-origin': '*' };
    const door = await smallDoor((request) => ({ ...sayWithout(null)(request), headers }));
    expect(await crossOrigin(vantageOf({ doors: [door] }))).toMatchObject({ kind: 'broke' });
  });

  it('breaks a door that refuses with another code than its own', async () => {
    const door = await smallDoor(() => ({ status: 401, code: 'UNAUTHENTICATED' }));
    expect(await crossOrigin(vantageOf({ doors: [door] }))).toMatchObject({ kind: 'broke' });
  });

  it('measures nothing when no cell answers, or it stops answering', async () => {
    expect(await crossOrigin(vantageOf())).toMatchObject({ kind: 'not_measured' });
    const door = await smallDoor((request) => {
      request.socket.destroy();
      return { status: 200 };
    });
    expect(await crossOrigin(vantageOf({ doors: [door] }))).toMatchObject({ kind: 'not_measured' });
  });
});
