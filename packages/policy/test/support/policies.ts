import {
  compilePolicy,
  type CompiledPolicy,
  parsePolicy,
  type Policy,
  type Vocabulary,
} from '../../src/index.ts';
import { VOCABULARY } from './views.ts';

export function policyOf(text: string, vocabulary: Vocabulary = VOCABULARY): Policy {
  const result = parsePolicy(text, vocabulary);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
  return result.policy;
}

export function compiledOf(text: string): CompiledPolicy {
  return compilePolicy(policyOf(text));
}

export function codesOf(text: string, vocabulary: Vocabulary = VOCABULARY): readonly string[] {
  const result = parsePolicy(text, vocabulary);
  return result.kind === 'refused' ? result.problems.map((problem) => problem.code) : [];
}

/** A policy whose single rule is `when`; its example is checked by the caller's own judgment. */
export function ruleText(when: string, view: object, expect: string): string {
  const example = { ...view, expect };
  const rule = { id: 'a', tools: ['t'], when, verdict: 'ALLOW', examples: [example] };
  return JSON.stringify({ version: 1, name: 'p', rules: [rule] });
}
