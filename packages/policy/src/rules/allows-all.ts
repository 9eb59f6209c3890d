import type { Rule } from './policy.ts';

/** What stands under a narrowing layer while its own examples are judged. No text can name it. */
export const ALLOWS_ALL: Rule = {
  id: '',
  tools: ['*'],
  verdict: 'ALLOW',
  code: 'ALLOWED',
  class: 'final',
  mode: 'enforce',
  examples: [],
};
