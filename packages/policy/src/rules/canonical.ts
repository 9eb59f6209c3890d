import { type JsonObject, type JsonValue, printJson } from '@writ/proof';
import { CLASSES, DEFAULT_CODES, EXAMPLE_DEFAULTS } from './defaults.ts';
import type { Example, Policy, Rule } from './policy.ts';

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
    ...(reason === undefined ? {} : { reason }),
    ...(rule.mode === 'enforce' ? {} : { mode: rule.mode }),
    examples: rule.examples.map((example) => canonicalExample(rule, example)),
  };
}

/** Short: an example repeats neither the rule's only tool nor what is silent by default. */
function canonicalExample(rule: Rule, example: Example): JsonObject {
  const { tool, expect, ...view } = example;
  const said = Object.entries(view).filter(([name, value]) => !isDefault(name, value));
  const isImplied = rule.tools.length === 1 && rule.tools[0] === tool;
  return { ...(isImplied ? {} : { tool }), ...Object.fromEntries(said), expect };
}

function isDefault(name: string, value: JsonValue): boolean {
  return printJson(value) === DEFAULT_TEXTS.get(name);
}

const DEFAULT_TEXTS: ReadonlyMap<string, string> = new Map(
  Object.entries(EXAMPLE_DEFAULTS).map(([name, value]) => [name, printJson(value)]),
);

export function canonicalPolicy(policy: Policy): JsonObject {
  return { version: policy.version, name: policy.name, rules: policy.rules.map(canonicalRule) };
}
