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
  PlainPart,
  PolicyPart,
  PrincipalPart,
  QuestionsPart,
  RefusalPart,
  ReleasePart,
  TickPart,
  ToolPart,
} from './state-part.ts';
import type {
  ApprovalHead,
  ClockHead,
  CommitHead,
  CredentialHead,
  DecisionHead,
  EngineHead,
  EraseHead,
  FreezeHead,
  GenesisHead,
  Id,
  KeyHead,
  OutcomeHead,
  QuarantineHead,
  QuestionsHead,
  RefusalHead,
  RegistrationHead,
  ReleaseHead,
  SnapshotHead,
  TermHead,
  TickHead,
} from '@writ/proof';

/** A head of one kind with the state part of that kind. */
type Pair<H, P> = { readonly head: H; readonly state: P };

type RegistrationOf<K extends RegistrationHead['kind']> = RegistrationHead & { readonly kind: K };

export type DecodedRecord =
  | Pair<DecisionHead, DecisionPart>
  | Pair<ReleaseHead, ReleasePart>
  | Pair<CommitHead, CommitPart>
  | Pair<OutcomeHead, OutcomePart>
  | Pair<RefusalHead, RefusalPart>
  | Pair<ApprovalHead, AnswerPart>
  | Pair<GenesisHead, GenesisPart>
  | Pair<RegistrationOf<'namespace'>, NamespacePart>
  | Pair<RegistrationOf<'principal'>, PrincipalPart>
  | Pair<CredentialHead, CredentialPart>
  | Pair<RegistrationOf<'tool'>, ToolPart>
  | Pair<RegistrationOf<'policy'>, PolicyPart>
  | Pair<FreezeHead, FreezePart>
  | Pair<EraseHead, ErasePart>
  | Pair<TickHead, TickPart>
  | Pair<QuestionsHead, QuestionsPart>
  | Pair<TermHead | ClockHead | EngineHead | KeyHead | SnapshotHead | QuarantineHead, PlainPart>;

/** What `decide` drafts: everything but salts and commitments. `sealed` is canonical JSON text. */
type WithoutSalts<H> = H extends unknown ? Omit<H, 'salt' | 'parts'> : never;

export type Draft = DecodedRecord extends infer R
  ? R extends Pair<infer H, infer P>
    ? { readonly head: WithoutSalts<H>; readonly state: P; readonly sealed: string | null }
    : never
  : never;

/** One record as bytes: the leaf's text and its parts (spec/06-records.md). */
export type EncodedRecord = {
  /** The namespace, which is the erasure domain of the sealed part. */
  readonly ns: Id;
  readonly head: string;
  readonly state: string;
  readonly sealed: string | null;
  readonly sealed_commitment: string | null;
};
