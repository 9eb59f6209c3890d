import type { IncomingMessage } from 'node:http';
import { OPERATIONS } from '@writ/contract/api';
import { parseAccessKey } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { madeUpKey, useKey } from '../../src/doctor/use-key.ts';
import { type Said, smallDoor, vantageOf } from './stand.ts';

const KEY = madeUpKey();

/** A door that knows one key, and what it may. */
const sayFor =
  (allowed: readonly string[], toNobody: readonly string[] = []) =>
  ({ url = '', headers, method }: IncomingMessage): Said => {
    const path = url.split('?')[0] ?? '';
    if (toNobody.includes(path)) return { status: 400, code: 'REQUEST_INVALID' };
    if (headers.authorization !== `Bearer ${KEY}`) return { status: 401, code: 'UNAUTHENTICATED' };
    if (allowed.includes(`${method ?? ''} ${path}`)) return { status: 400, code: 'REQUEST_INVALID' };
    return { status: 403, code: 'INSUFFICIENT_AUTHORITY' };
  };

const READS = Object.values(OPERATIONS)
  .filter(({ access }) => access === 'read')
  .map(({ method, path }) => `${method} ${path.replaceAll(/\{[a-z_]+(?:\.\.\.)?\}/g, '0')}`);

describe('madeUpKey()', () => {
  it('is a key in form, and another one each time', () => {
    expect(parseAccessKey(madeUpKey())).toMatch(/^key_/);
    expect(madeUpKey()).not.toBe(madeUpKey());
  });
});

describe('useKey()', () => {
  it('holds where all is refused to nobody and a made-up key, and says that no key was tried', async () => {
    const asked: string[] = [];
    const door = await smallDoor((request) => {
      asked.push(`${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`);
      return { status: 401, code: 'UNAUTHENTICATED' };
    });
    const finding = await useKey(vantageOf({ doors: [door] }));
    expect(finding).toMatchObject({ kind: 'held', wall_max: 3 });
    expect(finding.detail).toContain('--key FILE');
    const closed = Object.values(OPERATIONS).filter(({ access }) => access !== 'anyone');
    expect(asked).toHaveLength(2 * closed.length);
    expect(asked).toContain('POST /api/v1/tickets/0/approve');
    expect(asked).toContain('GET /api/v1/log/entries');
  });

  it.each([
    ['approving', '/api/v1/tickets/0/approve', 'approveTicket'],
    ['thawing', '/api/v1/thaws', 'thaw'],
    ['erasing', '/api/v1/namespaces/0/erase', 'eraseNamespace'],
    ['governing', '/api/v1/principals', 'registerPrincipal'],
  ])('breaks a door that lets nobody go on with %s', async (_what, path, id) => {
    const method = Object.entries(OPERATIONS).find(([name]) => name === id)?.[1].method;
    expect(method).toBe('POST');
    const door = await smallDoor((request) =>
      request.method === 'POST' ? sayFor([], [path])(request) : { status: 401, code: 'UNAUTHENTICATED' },
    );
    const finding = await useKey(vantageOf({ doors: [door] }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 0 });
    expect(finding.detail).toContain(`${id} as nobody`);
  });

  it('breaks a door whose agent may read the log without the scope, and not with it', async () => {
    const reading = ({ scopes }: { readonly scopes: readonly string[] }) =>
      smallDoor((request) =>
        request.headers.authorization === `Bearer ${KEY}` && request.url === '/api/v1/me'
          ? { status: 200, body: { scopes } }
          : sayFor(READS)(request),
      );
    const granted = await reading({ scopes: ['propose', 'read'] });
    expect(await useKey(vantageOf({ doors: [granted], key: KEY }))).toMatchObject({ kind: 'held' });
    const taken = await reading({ scopes: ['propose'] });
    const finding = await useKey(vantageOf({ doors: [taken], key: KEY }));
    expect(finding).toMatchObject({ kind: 'broke', wall_max: 0 });
    expect(finding.detail).toContain("as the agent's key");
  });

  it('measures nothing with a key that the door does not know', async () => {
    const door = await smallDoor(() => ({ status: 401, code: 'UNAUTHENTICATED' }));
    const finding = await useKey(vantageOf({ doors: [door], key: KEY }));
    expect(finding).toMatchObject({ kind: 'not_measured' });
  });

  it('measures nothing when the door is too busy, or nobody answers', async () => {
    const door = await smallDoor(() => ({ status: 503, code: 'OVERLOADED' }));
    expect(await useKey(vantageOf({ doors: [door] }))).toMatchObject({ kind: 'not_measured' });
    expect(await useKey(vantageOf())).toMatchObject({ kind: 'not_measured' });
  });
});
