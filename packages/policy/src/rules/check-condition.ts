import { compileCondition, type ConditionRefused } from '../condition/compile-condition.ts';
import { tendencyOf } from '../condition/check-findings.ts';
import { typeOfArguments } from '../condition/schema-type.ts';
import type { Lists } from '../condition/lists.ts';
import type { Node } from '../condition/node.ts';
import type { Words } from '../condition/words.ts';
import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import type { Verdict, Vocabulary } from './policy.ts';
import { readText, shown } from './read-value.ts';

/** The text of a condition, typed once for each tool that the rule names and the house knows. */
export function checkCondition(
  node: Located,
  rule: { readonly tools: readonly string[]; readonly verdict: Verdict },
  vocabulary: VocabularyWithLists,
  problems: Problems,
): CheckedCondition | undefined {
  const text = readText(node, problems)?.trim();
  if (text === undefined) return undefined;
  const result = compileCondition(text, vocabulary);
  const refused: Refused | undefined =
    result.kind === 'refused'
      ? result
      : (findRefusal(text, rule.tools, vocabulary) ?? findLoosening(result.tree, rule.verdict));
  if (refused === undefined) return { when: text, lists: result.kind === 'refused' ? [] : result.lists };
  const { code, at, message, tool } = refused;
  const where = tool === undefined ? '' : `, for the tool ${shown(tool)}`;
  problems.add(code, node.at, `${message} (character ${at + 1} of the condition${where})`);
  return undefined;
}

/** Knowing more of an action must never loosen what is decided about it. */
function findLoosening(tree: Node, verdict: Verdict): Refused | undefined {
  const tendency = tendencyOf(tree);
  if (tendency === 'same' || tendency === (verdict === 'ALLOW' ? 'down' : 'up')) return undefined;
  const message =
    verdict === 'ALLOW'
      ? "a finding must not make a rule allow: ask for its absence, as in `!('x' in findings)`"
      : "a finding must not silence this rule: ask for its presence, as in `'x' in findings`";
  return { code: 'CEL_LOOSENS', at: 0, message };
}

/** The words of the house, and the lists that stand beside the rules. */
export type VocabularyWithLists = Vocabulary & { readonly lists: Lists };

export type CheckedCondition = { readonly when: string; readonly lists: readonly string[] };

type Refused = Omit<ConditionRefused, 'kind'> & { readonly tool?: string };

function findRefusal(
  text: string,
  tools: readonly string[],
  vocabulary: VocabularyWithLists,
): Refused | undefined {
  const words: Words = vocabulary;
  for (const tool of tools) {
    const schema = vocabulary.tools?.get(tool);
    if (schema === undefined) continue;
    const typed = compileCondition(text, { ...words, args: typeOfArguments(schema) });
    if (typed.kind === 'refused') return { ...typed, tool };
  }
  return undefined;
}
