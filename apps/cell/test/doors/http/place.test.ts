import { statSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '@writ/contract/api';
import { namedPlace, refusePlace, SOCKET_PLACE } from '../../../src/doors/http/place.ts';
import { sendRaw } from './raw.ts';
import { createDoorWorld, type DoorWorld } from './world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
});
afterAll(() => world.destroy());

const PATHS = [...new Set(Object.values(OPERATIONS).map(({ path }) => path)), '/', '/nothing'];

describe('openDoor()', () => {
  it.each([
    ['another name', 'rebound.example:PORT'],
    ['a name that ends as ours does', 'evil-localhost:PORT'],
    ['a trailing dot', 'localhost.:PORT'],
    ['upper case', 'LOCALHOST:PORT'],
    ['another port', 'localhost:1'],
    ['no port', 'localhost'],
    ['an address of this host in another spelling', '127.1:PORT'],
    ['an address as a number', '2130706433:PORT'],
    ['the unspecified address', '0.0.0.0:PORT'],
    ['IPv6 without brackets', '::1:PORT'],
    ['IPv4 mapped into IPv6', '[::ffff:127.0.0.1]:PORT'],
    ['a user before it', 'localhost@evil.example:PORT'],
  ])('refuses a host with %s on every path', async (_, host) => {
    const headers = { host: host.replace('PORT', String(world.port)) };
    for (const path of PATHS) {
      const got = await world.ask('GET', path, { headers });
      expect([path, got.status]).toEqual([path, 421]);
      expect(got.json).toMatchObject({ code: 'HOST_REFUSED' });
    }
  });

  it('refuses a request without a host', async () => {
    expect(await sendRaw(world.port, 'GET /health HTTP/1.1\r\nconnection: close\r\n\r\n')).toContain(' 421 ');
    expect(await sendRaw(world.port, 'GET /health HTTP/1.0\r\n\r\n')).toContain(' 421 ');
    const empty = 'GET /health HTTP/1.1\r\nhost:\r\nconnection: close\r\n\r\n';
    expect(await sendRaw(world.port, empty)).toContain(' 421 ');
  });

  it.each(['localhost:PORT', '127.0.0.1:PORT', '[::1]:PORT'])('answers to %s', async (host) => {
    const headers = { host: host.replace('PORT', String(world.port)) };
    expect((await world.ask('GET', '/health', { headers })).status).toBe(200);
  });

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the null origin', { origin: 'null' }],
    ['an empty origin', { origin: '' }],
    ['our name with another port', { origin: 'http://localhost:1' }],
    ['our name with another scheme', { origin: 'https://localhost:PORT' }],
    ['our name with a trailing dot', { origin: 'http://localhost.:PORT' }],
    ['a request that a foreign page made', { 'sec-fetch-site': 'cross-site' }],
    ['a request of another port of this host', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s on every path', async (_, given) => {
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replace('PORT', String(world.port))]),
    );
    for (const path of PATHS) {
      const got = await world.ask('GET', path, { headers });
      expect([path, got.status]).toEqual([path, 403]);
      expect(got.json).toMatchObject({ code: 'ORIGIN_REFUSED' });
    }
  });

  it('gives no page of another origin leave to read', async () => {
    const got = await world.ask('OPTIONS', '/api/v1/actions', {
      headers: { origin: `http://localhost:${world.port}`, 'access-control-request-method': 'POST' },
    });
    expect(got.status).toBe(405);
    expect(Object.keys(got.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers on its socket, which is the owner’s alone', async () => {
    expect(statSync(dirname(world.socket)).mode & 0o077).toBe(0);
    expect(await statusOnSocket({ host: 'localhost' })).toBe(200);
    expect(await statusOnSocket({ host: `localhost:${world.port}` })).toBe(421);
    expect(await statusOnSocket({ host: 'localhost', origin: 'http://localhost' })).toBe(403);
  });
});

function statusOnSocket(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: world.socket, path: '/health', headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('refusePlace()', () => {
  it('knows the names that were given, and no other', () => {
    const place = namedPlace(['writ.example'], 443);
    expect(refusePlace(place, { host: 'writ.example' })).toBeNull();
    expect(refusePlace(place, { host: 'writ.example:443', origin: 'https://writ.example' })).toBeNull();
    expect(refusePlace(place, { host: 'writ.example:80' })).toBe('HOST_REFUSED');
    expect(refusePlace(place, { host: 'localhost' })).toBe('HOST_REFUSED');
    expect(refusePlace(place, { host: 'writ.example', origin: 'http://writ.example' })).toBe(
      'ORIGIN_REFUSED',
    );
    expect(refusePlace(SOCKET_PLACE, {})).toBe('HOST_REFUSED');
  });
});
