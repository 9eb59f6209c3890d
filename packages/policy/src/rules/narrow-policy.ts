import { parsePolicy } from './parse-policy.ts';
import { listsMember } from './policy-lists.ts';
import type { Pack, Policy, PolicyResult, Vocabulary } from './policy.ts';
import { printPolicy } from './print-policy.ts';

/**
 * A policy with one more narrowing layer: a namespace's own, or the untrusted file of a repository. The layer
 * is read as one that narrows whatever it calls itself, so a rule that allows refuses the whole.
 */
export function narrowPolicy(policy: Policy, layer: Policy, vocabulary: Vocabulary): PolicyResult {
  const { lists, name, rules } = layer;
  const added = [...(layer.packs ?? []), { name, ...listsMember(lists), rules }].map(
    (pack): Pack => ({ ...pack, layer: 'narrowing' }),
  );
  const packs = [...(policy.packs ?? []), ...added];
  return parsePolicy(printPolicy({ ...policy, packs }), vocabulary);
}
