import { emptyMemory, loadTrust, printTrust, verifyRecord } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyUse, LOG, ORIGIN, vkeyOf, witnessOf } from '../../../proof/test/small-cell.ts';
import { CHECKS, checkPage, type PageFinding } from '../../src/check/check-page.ts';
import { readPinned } from '../../src/check/pinned.ts';
import { printPageData } from '../../src/index.ts';
import { DATA, NONCE_TEXT, OPENED, OTHER_VKEY, STRANGER_VKEY, TAMPERED, VKEY } from '../sample.ts';

const alone = { trust: null, args: null };
const ask = (data = DATA, brought: Partial<Parameters<typeof checkPage>[1]> = {}): PageFinding =>
  checkPage(printPageData(data), { ...alone, ...brought });
const outcomes = ({ checks }: PageFinding): Record<string, string> =>
  Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));

describe('checkPage()', () => {
  it('says valid under the key that the page names, and that nobody pinned it', () => {
    const finding = ask();
    expect(finding).toMatchObject({ verdict: 'valid', key: 'claimed', proven: { index: 3n } });
    expect(finding.checks.map(({ name }) => name)).toEqual(CHECKS);
    expect(outcomes(finding)).toMatchObject({
      inclusion: 'passed',
      witnesses: 'not_asked',
      arguments: 'not_asked',
    });
  });

  it.each([
    ['the key', VKEY],
    ['the key with what came along when it was copied', `\n ${VKEY} \n`],
    ['a trust file', printTrust({ logs: [{ origin: ORIGIN, keys: [keyUse(LOG)], witnesses: null }] })],
  ])('says valid under a pinned key when the reader brings %s', (_what, text) => {
    expect(ask(DATA, { trust: readPinned(text) })).toMatchObject({ verdict: 'valid', key: 'pinned' });
  });

  it('believes the key of the reader and not the one that the page names', () => {
    const forged = { ...DATA, vkey: OTHER_VKEY };
    expect(ask(forged, { trust: readPinned(VKEY) })).toMatchObject({ verdict: 'valid', key: 'pinned' });
    expect(ask(DATA, { trust: readPinned(OTHER_VKEY) })).toMatchObject({ code: 'NOTE_NOT_SIGNED' });
  });

  it('cannot decide about a log of which the reader knows nothing', () => {
    const finding = ask(DATA, { trust: readPinned(STRANGER_VKEY) });
    expect(finding).toMatchObject({ verdict: 'undecidable', code: 'NO_TRUST' });
    expect(outcomes(finding)).toMatchObject({ proof: 'passed', origin: 'failed', signature: 'not_reached' });
  });

  it('asks for witnesses when the trust of the reader does', () => {
    const witnesses = { quorum: 1, keys: [vkeyOf(witnessOf('witness.example', 7))] };
    const trust = loadTrust({ logs: [{ origin: ORIGIN, keys: [keyUse(LOG)], witnesses }] });
    const finding = ask(DATA, { trust });
    expect(finding).toMatchObject({ verdict: 'undecidable', code: 'WITNESSES_MISSING' });
    expect(outcomes(finding)).toMatchObject({ signature: 'passed', witnesses: 'failed' });
  });

  it('refuses a key for other tree sizes', () => {
    const trust = loadTrust({
      logs: [{ origin: ORIGIN, keys: [keyUse(LOG, { until_size: 5n })], witnesses: null }],
    });
    expect(ask(DATA, { trust })).toMatchObject({ verdict: 'invalid', code: 'KEY_OUT_OF_RANGE' });
  });

  it('opens the arguments, those of the page or those of the reader', () => {
    expect(outcomes(ask(OPENED))).toMatchObject({ arguments: 'passed' });
    const held = { ...DATA, nonce: NONCE_TEXT };
    expect(outcomes(ask(held))).toMatchObject({ arguments: 'not_asked' });
    expect(ask(held, { args: '{"to":"Zo\\u00eb", "amount":250}' })).toMatchObject({ verdict: 'valid' });
    expect(ask(held, { args: '{"amount":250,"to":"Zoe"}' })).toMatchObject({ code: 'ARGS_MISMATCH' });
    expect(ask(OPENED, { args: '{"amount":250,"to":"Zoe"}' })).toMatchObject({ code: 'ARGS_MISMATCH' });
    expect(ask(held, { args: 'no JSON' })).toMatchObject({ verdict: 'invalid', code: 'JSON_SYNTAX' });
  });

  it.each(TAMPERED)('refuses %s', (_what, text, code, check) => {
    const finding = checkPage(text, alone);
    const verdict = code.endsWith('VERSION') ? 'undecidable' : 'invalid';
    expect(finding).toMatchObject({ verdict, code });
    const at = CHECKS.findIndex((name) => name === check);
    expect(finding.checks.findIndex(({ outcome }) => outcome === 'failed')).toBe(at);
    expect(finding.checks.slice(at + 1).every(({ outcome }) => outcome === 'not_reached')).toBe(true);
    expect(finding).not.toHaveProperty('proven');
  });

  it('says what verifyRecord says, whatever is changed', () => {
    const trust = readPinned(VKEY);
    const change = fc.tuple(
      fc.constantFrom<'head' | 'proof'>('head', 'proof'),
      fc.nat(),
      fc.constantFrom('A', '1', '\n', ' ', 'é', ''),
    );
    fc.assert(
      fc.property(change, ([member, place, put]) => {
        const text = DATA[member];
        const at = place % text.length;
        const data = { ...DATA, [member]: `${text.slice(0, at)}${put}${text.slice(at + 1)}` };
        const finding = ask(data, { trust });
        const verdict = verifyRecord(data.head, data.proof, null, trust, emptyMemory());
        expect(finding.verdict).toBe(verdict.verdict);
        expect('code' in finding ? finding.code : null).toBe('code' in verdict ? verdict.code : null);
      }),
      { numRuns: 400 },
    );
  });
});

describe('readPinned()', () => {
  it.each([
    ['nothing', '', 'KEY_MALFORMED'],
    ['two keys', `${VKEY}\n${STRANGER_VKEY}`, 'KEY_MALFORMED'],
    ['a key that is cut', VKEY.slice(0, -4), 'KEY_LENGTH'],
    ['some JSON', '{"keys":[]}', 'FORMAT_UNKNOWN'],
  ])('refuses %s', (_what, text, code) => {
    expect(() => readPinned(text)).toThrow(expect.objectContaining({ code }));
  });
});
