import { describe, expect, it } from 'vitest';
import { CODES } from '../../src/codes.ts';
import { checkBody, checkQuery } from '../../src/api/check.ts';
import { openApi } from '../../src/api/open-api.ts';
import { type Operation, pathParameters } from '../../src/api/operation.ts';
import { OPERATIONS, type OperationId } from '../../src/api/operations.ts';

const ALL = Object.entries(OPERATIONS) as readonly (readonly [OperationId, Operation])[]; // its own keys

describe('OPERATIONS', () => {
  it('has one operation for a method and path', () => {
    const places = ALL.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('gives an example for every body, and the example fits', () => {
    for (const [id, { body }] of ALL) {
      if (body === null) continue;
      expect([id, checkBody(id, body.example).kind]).toEqual([id, 'valid']);
    }
  });

  it('lets nobody without a credential change anything', () => {
    for (const [id, { access, method }] of ALL) {
      if (access === 'anyone') expect([id, method]).toEqual([id, 'GET']);
    }
  });

  it('names codes with a status of a refusal only', () => {
    for (const [id, { codes }] of ALL) {
      for (const code of codes) expect([id, code, CODES[code].status >= 400]).toEqual([id, code, true]);
    }
  });
});

describe('checkBody()', () => {
  const proposal = { tool: 'files.read', args: {} };

  it.each([
    ['no object', 'text'],
    ['nothing', undefined],
    ['a member that is not declared', { ...proposal, agent: 'another' }],
    ['another namespace', { ...proposal, ns: 'ns_00000000000000000000000000' }],
    ['arguments that are a list', { tool: 'files.read', args: [] }],
    ['no tool', { args: {} }],
    ['an effect that is none', { ...proposal, declared: { effects: ['NOTHING'] } }],
    ['a risk that is no number', { ...proposal, declared: { risk: '0' } }],
    ['an understanding of its own', { ...proposal, understanding: {} }],
  ])('refuses a proposal with %s', (_, value) => {
    expect(checkBody('proposeAction', value)).toMatchObject({ kind: 'invalid' });
  });

  it('refuses any body where none is declared', () => {
    expect(checkBody('health', {})).toMatchObject({ kind: 'invalid' });
  });
});

describe('checkQuery()', () => {
  it('reads integers where integers are declared', () => {
    expect(checkQuery('listActions', [['limit', '10']])).toEqual({ kind: 'valid', value: { limit: 10 } });
  });

  it.each([
    [
      'a name twice',
      [
        ['limit', '1'],
        ['limit', '2'],
      ],
    ],
    ['a name that is not declared', [['offset', '1']]],
    ['a sign', [['limit', '-1']]],
    ['an exponent', [['limit', '1e2']]],
    ['a leading zero', [['limit', '010']]],
    ['too large a page', [['limit', '1001']]],
    ['a value that is none of the list', [['verdict', 'allow']]],
  ] as const)('refuses %s', (_, given) => {
    expect(checkQuery('listActions', given)).toMatchObject({ kind: 'invalid' });
  });

  it('refuses a query without what is required', () => {
    expect(checkQuery('getConsistency', [])).toMatchObject({ kind: 'invalid', refusal: { where: '/from' } });
  });
});

type Node = { readonly [member: string]: unknown };

describe('openApi()', () => {
  const document = openApi('1.2.3') as Node; // a JSON object
  const text = JSON.stringify(document);

  it('describes every operation under its path', () => {
    const paths = document['paths'] as Node; // members of the document above
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods as Node).map((one) => (one as Node)['operationId']),
    );
    expect(new Set(ids)).toEqual(new Set(ALL.map(([id]) => id)));
  });

  it('points only at what it defines', () => {
    const defined = Object.keys((document['components'] as Node)['schemas'] as Node);
    const named = [...text.matchAll(/"#\/components\/schemas\/([A-Za-z]+)"/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect(defined).toContain(name);
  });

  it('holds no marks of the schema library', () => {
    expect(text).not.toContain('"~');
  });

  it('declares every part of every path', () => {
    for (const [, { path }] of ALL) {
      for (const name of pathParameters(path)) expect(text).toContain(`{"name":"${name}","in":"path"`);
    }
  });
});
