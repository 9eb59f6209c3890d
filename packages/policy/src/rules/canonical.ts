import { type JsonObject, type JsonValue, printJson } from '@writ/proof';
import type { PastAction } from '../history/past-action.ts';
import type { Lists } from '../condition/lists.ts';
import { CLASSES, DEFAULT_CODES, EXAMPLE_DEFAULTS, PAST_DEFAULTS } from './defaults.ts';
import type { Example, Pack, Policy, Rule } from './policy.ts';

/** A checked rule as JSON. What equals its default is absent, so that one rule has one spelling. */
export function canonicalRule(rule: Rule): JsonObject {
  const {
    effects,
    when,
    class: reasonClass,
    needs,
    quorum,
    escalate_to,
    deadline_s,
    obligations,
    evidence,
    reason,
  } = rule;
  return {
    id: rule.id,
    tools: rule.tools,
    ...(effects === undefined ? {} : { effects }),
    ...(when === undefined ? {} : { when }),
    verdict: rule.verdict,
    ...(rule.code === DEFAULT_CODES[rule.verdict] ? {} : { code: rule.code }),
    ...(reasonClass === CLASSES[rule.verdict][0] ? {} : { class: reasonClass }),
    ...(needs === undefined ? {} : { needs }),
    ...(quorum === undefined ? {} : { quorum }),
    ...(escalate_to === undefined ? {} : { escalate_to }),
    ...(deadline_s === undefined ? {} : { deadline_s }),
    ...(obligations === undefined ? {} : { obligations }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(reason === undefined ? {} : { reason }),
    ...(rule.mode === 'enforce' ? {} : { mode: rule.mode }),
    examples: rule.examples.map((example) => canonicalExample(rule, example)),
  };
}

/** Short: an example repeats neither the rule's only tool nor what is silent by default. */
function canonicalExample(rule: Rule, example: Example): JsonObject {
  const { tool, expect, history, ...rest } = example;
  const view = { ...rest, history: history.map(canonicalPast) };
  const said = Object.entries(view).filter(([name, value]) => !isDefault(name, value));
  const isImplied = rule.tools.length === 1 && rule.tools[0] === tool;
  return { ...(isImplied ? {} : { tool }), ...Object.fromEntries(said), expect };
}

function isDefault(name: string, value: JsonValue): boolean {
  return printJson(value) === DEFAULT_TEXTS.get(name);
}

const DEFAULT_TEXTS: ReadonlyMap<string, string> = textsOf(EXAMPLE_DEFAULTS);

function canonicalPast(action: PastAction): JsonObject {
  const said = Object.entries(action).filter(([name, value]) => printJson(value) !== PAST_TEXTS.get(name));
  return Object.fromEntries(said);
}

const PAST_TEXTS: ReadonlyMap<string, string> = textsOf(PAST_DEFAULTS);

function textsOf(defaults: JsonObject): ReadonlyMap<string, string> {
  return new Map(Object.entries(defaults).map(([name, value]) => [name, printJson(value)]));
}

export function canonicalPolicy({ version, name, layer, lists, packs, rules }: Policy): JsonObject {
  return {
    version,
    name,
    ...(layer === undefined || layer === 'base' ? {} : { layer }),
    ...(packs === undefined || packs.length === 0 ? {} : { packs: packs.map(canonicalPack) }),
    ...canonicalLists(lists),
    rules: rules.map(canonicalRule),
  };
}

function canonicalPack({ name, layer, lists, rules }: Pack): JsonObject {
  const layerMember = layer === 'base' ? {} : { layer };
  return { name, ...layerMember, ...canonicalLists(lists), rules: rules.map(canonicalRule) };
}

function canonicalLists(lists: Lists | undefined): JsonObject {
  return lists === undefined || lists.size === 0 ? {} : { lists: Object.fromEntries(lists) };
}

/**
 * All of a rule that can decide: without what only people read (`reason`) or only loading uses (`examples`),
 * and with all that is in the lists that it reads.
 */
export function decidingRule(rule: Rule): JsonObject {
  const { examples: _examples, reason: _reason, ...rest } = canonicalRule(rule);
  return { ...rest, ...canonicalLists(rule.lists) };
}
