import {
  accessKeyDigest,
  isCredentialId,
  parseAccessKey,
  printAccessKey,
  sha256Base64url,
} from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { vectors } from '../support.ts';

type Case = {
  readonly text: readonly string[];
  readonly id?: string;
  readonly digest?: string;
  readonly code?: string;
};

const CASES = vectors<Case>('credential/access-keys.json').map((one) => ({
  ...one,
  text: one.text.join(''),
}));

describe('vectors/credential', () => {
  it.each(CASES.filter(({ code }) => code === undefined))('parseAccessKey() reads $reason', (one) => {
    const { text, id = '', digest } = one;
    expect(parseAccessKey(text)).toBe(id);
    expect(isCredentialId(id)).toBe(true);
    expect(printAccessKey(id, text.slice(-52))).toBe(text);
    expect(accessKeyDigest(sha256Base64url, text)).toBe(digest);
  });

  it.each(CASES.filter(({ code }) => code !== undefined))('parseAccessKey() refuses $reason', ({ text }) => {
    expect(parseAccessKey(text)).toBeNull();
  });

  it('accessKeyDigest() binds the id: the same secret under another id has another digest', () => {
    const [one, two] = ['key_0', 'key_1'].map((id) => printAccessKey(id, 'secret'));
    expect(accessKeyDigest(sha256Base64url, one ?? '')).not.toBe(accessKeyDigest(sha256Base64url, two ?? ''));
  });
});
