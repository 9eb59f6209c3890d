import { collectProblems, type Problem } from '../problem.ts';
import { readYaml } from '../text/read-yaml.ts';
import { checkAction } from './check-example.ts';
import type { ExampleAction, Vocabulary } from './policy.ts';

export type ActionResult =
  | { readonly kind: 'action'; readonly action: ExampleAction }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** One action as examples write it, by itself: what `explain` is asked about. */
export function parseAction(text: string, vocabulary: Vocabulary): ActionResult {
  const problems = collectProblems();
  const root = readYaml(text, problems);
  const action = root && checkAction(root, vocabulary, problems);
  if (action === undefined || problems.list.length > 0) return { kind: 'refused', problems: problems.list };
  return { kind: 'action', action };
}
