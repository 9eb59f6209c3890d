import type { BinaryNode, Node } from './node.ts';
import { Refusal } from './refusal.ts';
import type { Type } from './type.ts';

/**
 * A word of a closed list is compared with words of that list only: another one is misspelt, and never holds.
 */
export function demandWords(
  { operator, left: leftNode, right: rightNode }: BinaryNode,
  left: Type,
  right: Type,
): void {
  switch (operator) {
    case '==':
    case '!=':
      demandKnown(wordsOf(left), rightNode);
      demandKnown(wordsOf(right), leftNode);
      return;
    case 'in':
      demandKnown(right.kind === 'list' ? wordsOf(right.item) : undefined, leftNode);
      if (rightNode.kind === 'list') for (const item of rightNode.items) demandKnown(wordsOf(left), item);
      return;
    default:
      return;
  }
}

function wordsOf(type: Type): ReadonlySet<string> | undefined {
  return type.kind === 'string' ? type.words : undefined;
}

const SHOWN_MAX = 12;

function demandKnown(words: ReadonlySet<string> | undefined, node: Node): void {
  if (words === undefined || node.kind !== 'literal' || typeof node.value !== 'string') return;
  if (words.has(node.value)) return;
  const some = [...words].slice(0, SHOWN_MAX).join(', ');
  const more = words.size > SHOWN_MAX ? ', …' : '';
  throw new Refusal('CEL_WORD_UNKNOWN', node.at, `this is never so: the words are ${some}${more}`);
}
