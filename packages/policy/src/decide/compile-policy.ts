import { sha256Base64url } from '@writ/proof';
import { compileCondition } from '../condition/compile-condition.ts';
import { taggedName } from '../history/question.ts';
import { allRules } from '../rules/all-rules.ts';
import { listsMember } from '../rules/policy-lists.ts';
import { printPolicy } from '../rules/print-policy.ts';
import type { Policy, Rule } from '../rules/policy.ts';
import { type CompiledRule, openSelect } from './candidates.ts';
import { tryCandidates } from './explain.ts';
import { judgeCandidates, judgeFailure } from './judge.ts';
import { NOTHING, openingOf } from './plan.ts';
import type { CompiledPolicy, RuleReason } from './rule-verdict.ts';
import { digestRules, digestSlice, type Placed } from './slice.ts';

/** Thrown for data that did not come from parsePolicy; a loaded policy cannot cause it. */
export class PolicyUnchecked extends Error {
  readonly code = 'POLICY_UNCHECKED';
}

/** A checked policy → closures, indexed by tool and by what each cannot match without. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  return compileRules(allRules(policy), sha256Base64url(printPolicy(policy)));
}

/** The same for rules that are no policy of their own, as examples of a part are judged. */
export function compileRules(rules: readonly Rule[], digest: string): CompiledPolicy {
  const compiled = rules.map(compileRule);
  const candidates = compiled.map(({ candidate }) => candidate);
  const select = openSelect(compiled);
  return {
    digest,
    names: namesIn(compiled),
    judge: (view) => {
      try {
        return judgeCandidates(select(view), view);
      } catch {
        // A view that is not a view at all; conditions are caught one by one in judgeCandidates.
        return judgeFailure();
      }
    },
    explain: (view) => {
      try {
        const asked = new Set(select(view).list);
        const own = candidates.filter(
          ({ rule: { tools } }) => tools.includes(view.tool) || tools.includes('*'),
        );
        return tryCandidates(own, asked, view);
      } catch {
        return [];
      }
    },
    sliceFor: openSlices(rules),
  };
}

function compileRule(rule: Rule, order: number): CompiledRule {
  const result = rule.when === undefined ? undefined : compileCondition(rule.when, listsMember(rule.lists));
  if (result?.kind === 'refused') throw new PolicyUnchecked(`rule ${rule.id}: ${result.code}`);
  const { id, verdict, code, needs, quorum, escalate_to, deadline_s } = rule;
  const reason: RuleReason = Object.freeze({
    rule: id,
    verdict,
    code,
    class: rule.class,
    ...(needs === undefined ? {} : { needs }),
    ...(quorum === undefined ? {} : { quorum }),
    ...(escalate_to === undefined ? {} : { escalate_to }),
    ...(deadline_s === undefined ? {} : { deadline_s }),
  });
  const { effects, evidence, mode, obligations } = rule;
  const { condition, tree, questions = [] } = result ?? {};
  const opening = tree === undefined ? NOTHING : openingOf(tree);
  const counts = mode === 'enforce';
  const candidate = { condition, effects, evidence, obligations, counts, opening, order, reason, rule };
  return { candidate, tree, questions };
}

function namesIn(compiled: readonly CompiledRule[]): readonly string[] {
  const names = compiled.flatMap(({ questions }) => questions.map(taggedName));
  return [...new Set(names.filter((name) => name !== null))].toSorted();
}

/** Made for a tool when it is first asked for; tools that no rule names share one. */
function openSlices(rules: readonly Rule[]): (tool: string) => string {
  const own = new Map<string, Placed[]>();
  const everywhere: Rule[] = [];
  for (const rule of rules) {
    if (rule.mode !== 'enforce') continue;
    if (rule.tools.includes('*')) {
      everywhere.push(rule);
      continue;
    }
    for (const tool of rule.tools) {
      const placed = own.get(tool) ?? [];
      placed.push({ before: everywhere.length, rule });
      own.set(tool, placed);
    }
  }
  let shared: string | undefined;
  const slices = new Map<string, string>();
  return (tool) => {
    shared ??= digestRules(everywhere);
    // Names that no rule knows must not fill the memory.
    const key = own.has(tool) ? tool : '*';
    const digest = slices.get(key) ?? digestSlice(shared, own.get(key) ?? []);
    slices.set(key, digest);
    return digest;
  };
}
