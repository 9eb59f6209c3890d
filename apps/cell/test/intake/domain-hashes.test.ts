import { createHmac, hkdfSync } from 'node:crypto';
import { commitArgs, deriveNonce, isTag, type JsonValue, printJson } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDomainHashes } from '../../src/intake/domain-hashes.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';

const DOMAIN = 'ns_00000000000000000000000001';
const OTHER = 'ns_00000000000000000000000002';

const keys = openMemoryKeystore();
await keys.createDomains([DOMAIN, OTHER]);

const hashes = openDomainHashes(keys, DOMAIN);
const ids = fc.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/).map((characters) => `act_${characters}`);
const texts = fc.string({ unit: 'binary', maxLength: 80 }).filter((text) => text.isWellFormed());

describe('domainHashes', () => {
  it('nonce() is the nonce that packages/proof and node:crypto derive for the action', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const nonce = Buffer.from(hashes.nonce(id)).toString('hex');
        expect(nonce).toBe(Buffer.from(deriveNonce(keys.nonceRoot(DOMAIN), id)).toString('hex'));
        const hkdf = hkdfSync('sha256', keys.nonceRoot(DOMAIN), new Uint8Array(0), `writ/nonce/v1${id}`, 32);
        expect(nonce).toBe(Buffer.from(hkdf).toString('hex'));
      }),
    );
  });

  it('argsCommitment() is the commitment that packages/proof opens', () => {
    const values = fc.jsonValue().filter((value) => isPrintable(value as JsonValue));
    fc.assert(
      fc.property(ids, values, (id, value) => {
        const args = value as JsonValue; // what fast-check makes is JSON
        const nonce = hashes.nonce(id);
        expect(hashes.argsCommitment(nonce, printJson(args))).toBe(commitArgs(nonce, args));
      }),
    );
  });

  it('tag() is an HMAC of kind and text under the tag key of the domain, cut to 128 bits', () => {
    fc.assert(
      fc.property(fc.constantFrom('session', 'shape', 'tool', 'attempt'), texts, (kind, text) => {
        const tag = hashes.tag(kind, text);
        const whole = createHmac('sha256', keys.tagKey(DOMAIN)).update(`${kind}\n${text}`).digest();
        expect(tag).toBe(whole.subarray(0, 16).toString('base64url'));
        expect(isTag(tag)).toBe(true);
        // Those that are remembered are the same the second time.
        expect(hashes.tag(kind, text)).toBe(tag);
      }),
    );
  });

  it('tag() differs by text, by kind and by namespace', () => {
    const tags = [
      hashes.tag('session', 'a'),
      hashes.tag('session', 'b'),
      hashes.tag('tool', 'a'),
      openDomainHashes(keys, OTHER).tag('session', 'a'),
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('tag() stays right when more labels come than are remembered', () => {
    const fresh = openDomainHashes(keys, DOMAIN);
    for (let label = 0; label < 5_000; label += 1) fresh.tag('session', `session ${label}`);
    for (const label of [0, 4_095, 4_096, 4_999]) {
      expect(fresh.tag('session', `session ${label}`)).toBe(hashes.tag('session', `session ${label}`));
    }
  });

  it('nonce() differs by action and by namespace', () => {
    const act = (last: number): string => `act_${String(last).padStart(26, '0')}`;
    const nonces = [hashes.nonce(act(1)), hashes.nonce(act(2)), openDomainHashes(keys, OTHER).nonce(act(1))];
    expect(new Set(nonces.map((nonce) => Buffer.from(nonce).toString('hex'))).size).toBe(3);
  });

  it('openDomainHashes() refuses a namespace without keys', () => {
    expect(() => openDomainHashes(keys, 'ns_00000000000000000000000003')).toThrow(/^DOMAIN_UNKNOWN/);
  });
});

/** What the profile of spec/01-json.md refuses has no commitment. */
function isPrintable(value: JsonValue): boolean {
  try {
    printJson(value);
    return true;
  } catch {
    return false;
  }
}
