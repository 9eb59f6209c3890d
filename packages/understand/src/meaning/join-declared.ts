import {
  type Declared,
  READ_ONLY_EFFECTS,
  RISK_ONE,
  UNDERSTANDING_LIMITS,
  type Understanding,
} from '@writ/contract';
import type { JsonObject } from '@writ/proof';
import { boundLists } from './bound.ts';
import { hidePersonalData } from './hide-personal-data.ts';
import { inOrder, worst } from './meaning.ts';
import { weighRisk } from './weigh-risk.ts';

/** What was understood, and what the caller says beside it. Nothing that it can say makes it milder. */
export function joinDeclared(understood: Understanding, declared: Declared, args: JsonObject): Understanding {
  const { effects = [], resources = [], findings = [], risk = 0, costs = [] } = declared;
  const said = hidePersonalData(args, [
    ...resources.map(({ name }) => name),
    ...findings.map(({ where }) => where),
  ]);
  const nameAt = (at: number): string => said?.names[at] ?? '';
  const tooMany = understood.costs.length + costs.length > UNDERSTANDING_LIMITS.costs_max;
  const lists = boundLists(
    {
      resources: [
        ...understood.resources,
        ...(said === null ? [] : resources.map(({ kind }, at) => ({ kind, name: nameAt(at) }))),
      ],
      findings: [
        ...understood.findings,
        ...findings.map(({ code }, at) => ({ code, where: nameAt(resources.length + at) })),
        ...(said === null || tooMany ? [{ code: 'opaque', where: '' } as const] : []),
      ],
    },
    UNDERSTANDING_LIMITS.findings_max,
  );
  const all = inOrder([...understood.effects, ...effects]);
  return {
    effects: all,
    ...lists,
    reversibility: settleReversibility(understood.reversibility, understood.effects, all),
    risk: Math.max(understood.risk, weighRisk(all, lists.findings), boundedRisk(risk)),
    costs: [...understood.costs, ...costs].slice(0, UNDERSTANDING_LIMITS.costs_max),
  };
}

/** An effect that is only declared, and changes something, is not known to be reversible. */
function settleReversibility(
  understood: Understanding['reversibility'],
  before: Understanding['effects'],
  after: Understanding['effects'],
): Understanding['reversibility'] {
  const added = after.filter((effect) => !before.includes(effect));
  return added.every((effect) => READ_ONLY_EFFECTS.has(effect)) ? understood : worst([understood, 'unknown']);
}

/** What is no number of the wire is not a small one. */
function boundedRisk(risk: number): number {
  return Number.isSafeInteger(risk) && risk <= RISK_ONE ? risk : RISK_ONE;
}
