import { treeOf } from '../condition/lists.ts';
import type { Node } from '../condition/node.ts';
import type { EffectFilter, Rule } from '../rules/policy.ts';
import { sayNode } from './say-node.ts';

/**
 * Does every action that `narrow` matches match `wide`, too? Sound and not complete: true only where it can
 * be read off the rules. Rules that fail are not meant: they block.
 */
export function covers(wide: Rule, narrow: Rule): boolean {
  if (wide.evidence !== undefined && !isSubset(narrow.evidence ?? [], wide.evidence, narrow)) return false;
  return (
    coversTools(wide.tools, narrow.tools) &&
    impliesFilter(narrow.effects ?? {}, wide.effects ?? {}) &&
    impliesCondition(narrow, wide)
  );
}

/** It asks while one of its kinds is missing: with more kinds it asks at least as often. */
function isSubset(narrow: readonly string[], wide: readonly string[], { evidence }: Rule): boolean {
  return evidence !== undefined && narrow.every((kind) => wide.includes(kind));
}

export function coversTools(wide: readonly string[], narrow: readonly string[]): boolean {
  return wide.includes('*') || narrow.every((tool) => wide.includes(tool));
}

/** Do all effects that pass `from` pass `to`? */
export function impliesFilter(from: EffectFilter, to: EffectFilter): boolean {
  const { any = [], all = [], none = [] } = from;
  const { any: toAny, all: toAll = [], none: toNone = [] } = to;
  const surely = any.length === 1 ? [...all, ...any] : all;
  if (!toAll.every((effect) => surely.includes(effect))) return false;
  if (!toNone.every((effect) => none.includes(effect))) return false;
  if (toAny === undefined) return true;
  const isWithin = any.length > 0 && any.every((effect) => toAny.includes(effect));
  return isWithin || surely.some((effect) => toAny.includes(effect));
}

/** Can no set of effects pass? */
export function isImpossible({ any, all = [], none = [] }: EffectFilter): boolean {
  if (all.some((effect) => none.includes(effect))) return true;
  return any !== undefined && any.every((effect) => none.includes(effect));
}

type WithCondition = Pick<Rule, 'lists' | 'when'>;

function impliesCondition({ when: from, ...narrow }: WithCondition, wide: WithCondition): boolean {
  if (wide.when === undefined) return true;
  if (from === undefined) return false;
  const [fromTree, toTree] = [treeOf({ ...narrow, when: from }), treeOf({ ...wide, when: wide.when })];
  const has = partsOf(fromTree, 'and');
  // A conjunction implies each part of it, and each part implies a choice that names it.
  if (partsOf(toTree, 'and').every((part) => has.includes(part))) return true;
  const choices = partsOf(toTree, 'or');
  return partsOf(fromTree, 'or').every((part) => choices.includes(part));
}

/** The operands of a chain, each in one spelling. */
function partsOf(tree: Node, kind: 'and' | 'or'): readonly string[] {
  return tree.kind === kind ? tree.operands.map(sayNode) : [sayNode(tree)];
}
