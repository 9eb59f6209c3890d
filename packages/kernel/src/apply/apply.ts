import type { DecodedRecord } from '../record/record.ts';
import type {
  AnswerPart,
  CommitPart,
  CredentialPart,
  DecisionPart,
  ErasePart,
  FreezePart,
  GenesisPart,
  NamespacePart,
  OutcomePart,
  PolicyPart,
  PrincipalPart,
  QuestionsPart,
  RefusalPart,
  ReleasePart,
  TickPart,
  ToolPart,
} from '../record/state-part.ts';
import type { State } from '../state/state.ts';
import { applyAnswer } from './answers.ts';
import { applyCredential } from './credentials.ts';
import { applyDecision, applyRelease } from './decision.ts';
import { evict } from './evict.ts';
import {
  applyErase,
  applyFreeze,
  applyGenesis,
  applyNamespace,
  applyPolicy,
  applyPrincipal,
  applyTool,
} from './governance.ts';
import { applyCommit, applyOutcome, applyRefusal } from './spending.ts';
import { applyQuestions } from './questions.ts';
import { applyTick } from './tick.ts';

/**
 * The only writer of state. Total: it reads the head and the state part, decides nothing and never throws for
 * a record that `decide` made. INVARIANT: live state is always this fold over the records, in order.
 */
export function apply(state: State, record: DecodedRecord): void {
  const { head } = record;
  const index = state.size;
  const before_ms = state.now_ms;
  state.now_ms = Math.max(before_ms, head.time);
  evict(state, before_ms);
  applyKind(state, record, index);
  state.size = index + 1;
}

// The state part's form is that of its head's kind: one encoder makes both, and the head commits to the part.
function applyKind(state: State, { head, state: part }: DecodedRecord, index: number): void {
  switch (head.kind) {
    case 'genesis':
      return applyGenesis(state, head, part as GenesisPart);
    case 'term':
      state.term = head.term;
      return;
    case 'engine':
      state.engine = head.engine;
      return;
    case 'quarantine':
      state.quarantined.set(head.command, index);
      return;
    case 'namespace':
      return applyNamespace(state, head, part as NamespacePart, index);
    case 'principal':
      return applyPrincipal(state, head, part as PrincipalPart, index);
    case 'credential':
      return applyCredential(state, head, part as CredentialPart);
    case 'tool':
      return applyTool(state, head, part as ToolPart, index);
    case 'policy':
      return applyPolicy(state, head, part as PolicyPart, index);
    case 'decision':
      return applyDecision(state, head, part as DecisionPart, index);
    case 'release':
      return applyRelease(state, head, part as ReleasePart, index);
    case 'commit':
      return applyCommit(state, head, part as CommitPart, index);
    case 'outcome':
      return applyOutcome(state, head, part as OutcomePart, index);
    case 'refusal':
      return applyRefusal(state, head, part as RefusalPart, index);
    case 'approval':
    case 'denial':
      return applyAnswer(state, head, part as AnswerPart);
    case 'freeze':
    case 'thaw':
      return applyFreeze(state, head, part as FreezePart, index);
    case 'erase':
      return applyErase(state, head, part as ErasePart, index);
    case 'tick':
      return applyTick(state, part as TickPart);
    case 'questions':
      return applyQuestions(state, head, part as QuestionsPart);
    case 'clock':
    case 'key':
    case 'snapshot':
      return;
    default:
      return head satisfies never;
  }
}

/** Applies records in order; the state that results is the one that was live. */
export function fold(state: State, records: Iterable<DecodedRecord>): State {
  for (const record of records) apply(state, record);
  return state;
}
