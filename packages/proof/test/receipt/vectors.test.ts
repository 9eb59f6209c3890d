import {
  decodeBase64url,
  decodeHex,
  type JsonValue,
  parseMemory,
  parseTrust,
  type SpendAudience,
  verifySpend,
} from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { textBytes, vectors } from '../support.ts';
import { said } from './scenario.ts';

type Case = {
  expect: string;
  receipt: string;
  action: { tool: string; args: JsonValue; nonce: string };
  me: SpendAudience;
  possession: { public_key: string; challenge: string; signature: string } | null;
  trust: object;
  memory: object;
  now_ms: number;
};

describe('vectors/receipt', () => {
  for (const one of vectors<Case>('receipt/verify.json')) {
    it(`verifySpend() says ${one.expect} when ${one.reason}`, () => {
      const { possession, action } = one;
      const verdict = verifySpend(
        textBytes(one.receipt),
        { ...action, nonce: decodeBase64url(action.nonce) },
        one.me,
        possession && {
          publicKey: decodeHex(possession.public_key),
          challenge: decodeHex(possession.challenge),
          signature: decodeHex(possession.signature),
        },
        parseTrust(textBytes(JSON.stringify(one.trust))),
        parseMemory(textBytes(JSON.stringify(one.memory))),
        one.now_ms,
      );
      expect(said(verdict)).toBe(one.expect);
    });
  }
});
