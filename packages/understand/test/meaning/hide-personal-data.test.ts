import type { Declared } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, understand, withFiles } from '../understanding.ts';

describe('understandAction() and personal data', () => {
  const MAIL = 'zoe@example.org';

  it('understandAction() names resources by the tokens of the arguments', () => {
    const args = { path: `/mail/${MAIL}/inbox`, note: `write to anna@example.org, not ${MAIL}` };
    const { findings, resources } = withFiles(args);
    expect(resources).toEqual([{ kind: 'path', name: '/mail/email#2/inbox' }]);
    expect(codesOf(findings)).toEqual(['lexical_only', 'personal_data_in_arguments']);
  });

  it('understandAction() shows nothing of it anywhere, in words, names, hosts or what is declared', () => {
    const declared: Declared = {
      resources: [{ kind: 'account', name: MAIL }],
      findings: [{ code: 'tainted_sink', where: `/${MAIL}` }],
    };
    const secret = ['AKIA', 'Q3EGRIJ7AB', 'CDEFGH'].join('');
    const texts = [
      understand({ executable: MAIL, args: [MAIL, `--x=${MAIL}`], [MAIL]: secret }, { declared }),
      withFiles({ path: secret, url: `https://example.com/${MAIL}`, [MAIL]: { path: MAIL } }, { declared }),
    ].map((understood) => JSON.stringify(understood));
    for (const text of texts) {
      expect(text).not.toContain(MAIL);
      expect(text).not.toContain(secret);
      expect(text).toContain('email#');
    }
  });

  it('understandAction() shows no name when detection cannot end', () => {
    const note = Array.from({ length: 1_025 }, (_, at) => `p${at}@example.com`);
    const { findings, resources } = withFiles({ path: 'a', note });
    expect(resources).toEqual([]);
    expect(codesOf(findings)).toEqual(['lexical_only', 'opaque']);
  });

  it('understandAction() weighs a secret in the arguments', () => {
    const plain = withFiles({ note: 'x' }).risk;
    expect(withFiles({ more: { password: 'a1-b2-c3' } }).risk).toBe(plain + 200_000);
  });
});
