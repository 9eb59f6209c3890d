import { sha256Base64url } from '@writ/proof';
import { compileCondition } from '../condition/compile-condition.ts';
import { printPolicy } from '../rules/print-policy.ts';
import type { Policy, Rule } from '../rules/policy.ts';
import { tryCandidates } from './explain.ts';
import { type Candidate, judgeCandidates, judgeFailure } from './judge.ts';
import type { CompiledPolicy, RuleReason } from './rule-verdict.ts';
import { digestSlice } from './slice.ts';

/** Thrown for data that did not come from parsePolicy; a loaded policy cannot cause it. */
export class PolicyUnchecked extends Error {
  readonly code = 'POLICY_UNCHECKED';
}

/** A checked policy → closures indexed by tool. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const candidates = policy.rules.map(compileRule);
  const index = indexByTool(candidates);
  const slices = new Map<string, string>();
  return {
    digest: sha256Base64url(printPolicy(policy)),
    judge: (view) => {
      try {
        return judgeCandidates(index(view.tool), view);
      } catch {
        // A view that is not a view at all; conditions are caught one by one in judgeCandidates.
        return judgeFailure();
      }
    },
    explain: (view) => {
      try {
        return tryCandidates(index(view.tool).list, view);
      } catch {
        return [];
      }
    },
    sliceFor: (tool) => {
      const found = index(tool);
      // Tools that no rule names share one slice, so that the memory holds named tools only.
      const key = found.named ? tool : '*';
      const digest = slices.get(key) ?? digestSlice(found.list.map((candidate) => candidate.rule));
      slices.set(key, digest);
      return digest;
    },
  };
}

export type Candidates = { readonly named: boolean; readonly list: readonly Candidate[] };

/** Lists of candidates in file order, made when a tool is first seen: a thousand rules, few of them apply. */
function indexByTool(candidates: readonly Candidate[]): (tool: string) => Candidates {
  const exact = new Map<string, Set<Candidate>>();
  const everywhere = candidates.filter((candidate) => candidate.rule.tools.includes('*'));
  for (const candidate of candidates) {
    for (const tool of candidate.rule.tools) {
      if (tool === '*') continue;
      const list = exact.get(tool) ?? new Set();
      exact.set(tool, list.add(candidate));
    }
  }
  const others: Candidates = { named: false, list: everywhere };
  const merged = new Map<string, Candidates>();
  return (tool) => {
    const known = merged.get(tool);
    if (known !== undefined) return known;
    const own = exact.get(tool);
    if (own === undefined) return others;
    const list = [...own, ...everywhere].toSorted((left, right) => left.order - right.order);
    const found: Candidates = { named: true, list };
    merged.set(tool, found);
    return found;
  };
}

function compileRule(rule: Rule, order: number): Candidate {
  const result = rule.when === undefined ? undefined : compileCondition(rule.when);
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
  return { order, rule, reason, condition: result?.condition };
}
