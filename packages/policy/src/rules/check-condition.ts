import { compileCondition, type ConditionRefused } from '../condition/compile-condition.ts';
import { typeOfArguments } from '../condition/schema-type.ts';
import type { Words } from '../condition/words.ts';
import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import type { Vocabulary } from './policy.ts';
import { readText, shown } from './read-value.ts';

/** The text of a condition, typed once for each tool that the rule names and the house knows. */
export function checkCondition(
  node: Located,
  tools: readonly string[],
  vocabulary: Vocabulary,
  problems: Problems,
): string | undefined {
  const text = readText(node, problems)?.trim();
  if (text === undefined) return undefined;
  const refused = findRefusal(text, tools, vocabulary);
  if (refused === undefined) return text;
  const { code, at, message, tool } = refused;
  const where = tool === undefined ? '' : `, for the tool ${shown(tool)}`;
  problems.add(code, node.at, `${message} (character ${at + 1} of the condition${where})`);
  return undefined;
}

function findRefusal(
  text: string,
  tools: readonly string[],
  vocabulary: Vocabulary,
): (ConditionRefused & { readonly tool?: string }) | undefined {
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
