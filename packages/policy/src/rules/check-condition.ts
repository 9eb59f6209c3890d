import { compileCondition, type ConditionRefused } from '../condition/compile-condition.ts';
import { tendencyOf } from '../condition/check-findings.ts';
import { typeOfArguments } from '../condition/schema-type.ts';
import type { Words } from '../condition/words.ts';
import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import type { Verdict, Vocabulary } from './policy.ts';
import { readText, shown } from './read-value.ts';

/** The text of a condition, typed once for each tool that the rule names and the house knows. */
export function checkCondition(
  node: Located,
  rule: { readonly tools: readonly string[]; readonly verdict: Verdict },
  vocabulary: Vocabulary,
  problems: Problems,
): string | undefined {
  const text = readText(node, problems)?.trim();
  if (text === undefined) return undefined;
  const refused = findRefusal(text, rule.tools, vocabulary) ?? findLoosening(text, rule.verdict);
  if (refused === undefined) return text;
  const { code, at, message, tool } = refused;
  const where = tool === undefined ? '' : `, for the tool ${shown(tool)}`;
  problems.add(code, node.at, `${message} (character ${at + 1} of the condition${where})`);
  return undefined;
}

/** Knowing more of an action must never loosen what is decided about it. */
function findLoosening(text: string, verdict: Verdict): Refused | undefined {
  const result = compileCondition(text);
  if (result.kind === 'refused') return result;
  const tendency = tendencyOf(result.tree);
  if (tendency === 'same' || tendency === (verdict === 'ALLOW' ? 'down' : 'up')) return undefined;
  const message =
    verdict === 'ALLOW'
      ? "a finding must not make a rule allow: ask for its absence, as in `!('x' in findings)`"
      : "a finding must not silence this rule: ask for its presence, as in `'x' in findings`";
  return { kind: 'refused', code: 'CEL_LOOSENS', at: 0, message };
}

type Refused = ConditionRefused & { readonly tool?: string };

function findRefusal(text: string, tools: readonly string[], vocabulary: Vocabulary): Refused | undefined {
  const words: Words = vocabulary;
  const plain = compileCondition(text, words);
  if (plain.kind === 'refused') return plain;
  for (const tool of tools) {
    const schema = vocabulary.tools?.get(tool);
    if (schema === undefined) continue;
    const typed = compileCondition(text, { ...words, args: typeOfArguments(schema) });
    if (typed.kind === 'refused') return { ...typed, tool };
  }
  return undefined;
}
