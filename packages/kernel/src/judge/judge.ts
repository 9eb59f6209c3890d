import {
  type Code,
  type GateReport,
  isStricter,
  OBLIGATIONS,
  type Obligation,
  type Reason,
  stricter,
  type Verdict,
} from '@writ/contract';
import { absolutesGate } from '../gates/gate-4-absolutes.ts';
import { authorityGate } from '../gates/gate-2-authority.ts';
import { evidenceGate } from '../gates/gate-9-evidence.ts';
import { factsGate } from '../gates/gate-5-facts.ts';
import { flowGate } from '../gates/gate-7-flow.ts';
import { freezeGate } from '../gates/gate-0-freeze.ts';
import type { Gate, GateInput, GateResult } from '../gates/gate.ts';
import { limitsGate } from '../gates/gate-3-limits.ts';
import { reversibilityGate } from '../gates/gate-8-reversibility.ts';
import { rulesGate } from '../gates/gate-6-rules.ts';
import { schemaGate } from '../gates/gate-1-schema.ts';
import { RecallMissing } from '../recall/recorded.ts';
import { demandProof } from './demand-proof.ts';
import { liftReasons } from './lift.ts';

/** The ten gates, in the order in which their reasons stand. */
export const GATES: readonly Gate[] = [
  freezeGate,
  schemaGate,
  authorityGate,
  limitsGate,
  absolutesGate,
  factsGate,
  rulesGate,
  flowGate,
  reversibilityGate,
  evidenceGate,
];

/** Gates 0 and 1 decide whether the others can run at all. */
const DECIDES_THE_REST = 1;

export type Judgement = {
  readonly verdict: Verdict;
  /** The code of the first gate that gave the verdict. */
  readonly code: Code;
  readonly gates: readonly GateReport[];
  readonly reasons: readonly Reason[];
  readonly obligations: readonly Obligation[];
  /** What rules on trial would have said: sealed for the operator, and nothing stands on it. */
  readonly shadow: readonly Reason[];
};

/**
 * Where a verdict is made. All gates run unless 0 or 1 refuses; the strictest reason wins, and the first gate
 * with it gives the code. INVARIANT: anything thrown in a gate is a BLOCK of that gate.
 */
export function judge(input: GateInput): Judgement {
  const gates: GateReport[] = [];
  const obligations = new Set<string>();
  const shadow: Reason[] = [];
  let closed = false;
  for (const gate of GATES) {
    const result: GateResult = closed ? { kind: 'not_evaluated', why: 'refused_before' } : run(gate, input);
    if (result.kind === 'not_evaluated') {
      gates.push({ gate: gate.number, name: gate.name, not_evaluated: result.why, reasons: [] });
      continue;
    }
    for (const obligation of result.obligations ?? []) obligations.add(obligation);
    shadow.push(...(result.shadow ?? []));
    const demanded = result.reasons.map((reason) => demandProof(input, reason));
    const reasons = liftReasons(input, demanded);
    gates.push({ gate: gate.number, name: gate.name, not_evaluated: null, reasons });
    if (gate.number <= DECIDES_THE_REST && reasons.some((reason) => reason.verdict === 'BLOCK'))
      closed = true;
  }
  return { ...conclude(input, gates, obligations), shadow };
}

function run(gate: Gate, input: GateInput): GateResult {
  try {
    return gate.judge(input);
  } catch (error) {
    // Judging again by another engine: undecidable, not BLOCK.
    if (error instanceof RecallMissing) throw error;
    const failed: Reason = {
      class: 'final',
      code: 'INTERNAL',
      gate: gate.number,
      lift: null,
      lifted: null,
      rule: null,
      verdict: 'BLOCK',
    };
    return { kind: 'evaluated', reasons: [failed] };
  }
}

function conclude(
  input: GateInput,
  gates: readonly GateReport[],
  asked: ReadonlySet<string>,
): Omit<Judgement, 'shadow'> {
  const reasons = gates.flatMap((gate) => gate.reasons);
  const obligations = OBLIGATIONS.filter((obligation) => asked.has(obligation)).sort();
  let verdict: Verdict = 'ALLOW';
  let code: Code = 'ALLOWED';
  for (const reason of reasons) {
    if (reason.lifted !== null || !isStricter(reason.verdict, verdict)) continue;
    verdict = stricter(verdict, reason.verdict);
    code = reason.code;
  }
  const { met_obligations: able } = input.context;
  if (verdict === 'ALLOW' && able !== null && obligations.some((obligation) => !able.includes(obligation))) {
    return { verdict: 'BLOCK', code: 'OBLIGATION_UNMET', gates, reasons, obligations };
  }
  return { verdict, code, gates, reasons, obligations };
}
