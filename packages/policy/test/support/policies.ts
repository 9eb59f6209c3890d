import { parsePolicy, type Policy, type Vocabulary } from '../../src/index.ts';
import { VOCABULARY } from './views.ts';

export function policyOf(text: string, vocabulary: Vocabulary = VOCABULARY): Policy {
  const result = parsePolicy(text, vocabulary);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  return result.policy;
}

export function codesOf(text: string, vocabulary: Vocabulary = VOCABULARY): readonly string[] {
  const result = parsePolicy(text, vocabulary);
  return result.kind === 'refused' ? result.problems.map((problem) => problem.code) : [];
}
