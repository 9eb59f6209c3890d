import { type Static, Type } from 'typebox';
import { ACTION_LIMITS } from '../action.ts';
import { VERDICTS } from '../verdicts.ts';
import { ClaimsSchema, EvidenceListSchema, ToolNameSchema } from '../schemas/action.ts';
import { SCHEMA_LIMITS } from '../schemas/limits.ts';
import { SceneSchema } from '../schemas/scene.ts';
import { FindingSchema, ResourceSchema } from '../schemas/understanding.ts';
import {
  CLOSED,
  CodeSchema,
  CountSchema,
  DigestSchema,
  EffectsSchema,
  IdSchema,
  JsonObjectSchema,
  MillionthsSchema,
  nullable,
  ObligationsSchema,
} from '../schemas/values.ts';
import { UNDERSTANDING_LIMITS } from '../understanding.ts';
import { API_LIMITS } from './limits.ts';
import type { Operation } from './operation.ts';
import {
  AmountsSchema,
  AnsweredSchema,
  LabelSchema,
  ProposedSchema,
  ProvenSchema,
  TargetSchema,
  WIRE_ANSWER_SCHEMAS,
  WireReasonSchema,
} from './values.ts';

const ClaimSchema = Type.Object({ attempt: LabelSchema, target: TargetSchema }, CLOSED);

/**
 * What the caller says of its own action. It is never believed to be harmless: it can only make it stricter.
 */
export const DeclaredSchema = Type.Object(
  {
    effects: Type.Optional(EffectsSchema),
    resources: Type.Optional(Type.Array(ResourceSchema, { maxItems: UNDERSTANDING_LIMITS.resources_max })),
    findings: Type.Optional(Type.Array(FindingSchema, { maxItems: UNDERSTANDING_LIMITS.findings_max })),
    risk: Type.Optional(MillionthsSchema),
    costs: Type.Optional(AmountsSchema),
  },
  CLOSED,
);

const PROPOSAL = {
  tool: ToolNameSchema,
  args: JsonObjectSchema,
  why: Type.Optional(Type.String({ maxLength: ACTION_LIMITS.why_characters_max })),
  claims: Type.Optional(ClaimsSchema),
  evidence: Type.Optional(EvidenceListSchema),
  session: Type.Optional(LabelSchema),
  scene: Type.Optional(nullable(SceneSchema)),
  declared: Type.Optional(DeclaredSchema),
  /** What the caller can do when it runs the action; none if absent. */
  obligations: Type.Optional(ObligationsSchema),
};

export const ProposalSchema = Type.Object(
  // A claim spends the permission in the same step.
  { ...PROPOSAL, claim: Type.Optional(nullable(ClaimSchema)) },
  CLOSED,
);
export type ProposalBody = Static<typeof ProposalSchema>;

export const BatchSchema = Type.Object(
  {
    proposals: Type.Array(
      Type.Object({ key: Type.Optional(nullable(LabelSchema)), proposal: ProposalSchema }, CLOSED),
      { minItems: 1, maxItems: API_LIMITS.batch_actions_max },
    ),
  },
  CLOSED,
);
export type BatchBody = Static<typeof BatchSchema>;

/** A proposal to be weighed or explained, not made: it can claim nothing. */
export const CandidateSchema = Type.Object(PROPOSAL, CLOSED);
export type CandidateBody = Static<typeof CandidateSchema>;

export const CandidatesSchema = Type.Object(
  {
    candidates: Type.Array(CandidateSchema, {
      minItems: 1,
      maxItems: API_LIMITS.candidates_max,
    }),
  },
  CLOSED,
);

const WeighedSchema = Type.Object(
  {
    verdict: Type.Enum(VERDICTS),
    code: CodeSchema,
    text: WIRE_ANSWER_SCHEMAS.judged.properties.text,
    reasons: WIRE_ANSWER_SCHEMAS.judged.properties.reasons,
    gates: WIRE_ANSWER_SCHEMAS.judged.properties.gates,
    obligations: ObligationsSchema,
  },
  CLOSED,
);
export type Weighed = Static<typeof WeighedSchema>;

export const CommitSchema = Type.Object(
  {
    attempt: LabelSchema,
    target: Type.Optional(TargetSchema),
    args: JsonObjectSchema,
    scene: Type.Optional(nullable(SceneSchema)),
  },
  CLOSED,
);
export type CommitBody = Static<typeof CommitSchema>;

export const OutcomeSchema = Type.Object(
  {
    status: Type.Enum(['succeeded', 'failed', 'unknown']),
    attested_by: Type.Enum(['runner', 'hook', 'agent', 'person']),
    unwrapped: Type.Optional(Type.Boolean()),
    produced: Type.Optional(Type.Array(DigestSchema, { maxItems: SCHEMA_LIMITS.produced_max })),
    spent: Type.Optional(AmountsSchema),
    report: Type.Optional(JsonObjectSchema),
  },
  CLOSED,
);
export type OutcomeBody = Static<typeof OutcomeSchema>;

/** Where an action stands now. */
export const ActionViewSchema = Type.Object(
  {
    id: IdSchema,
    status: Type.Enum(['decided', 'permitted', 'committed', 'finished']),
    verdict: nullable(Type.Enum(VERDICTS)),
    code: nullable(CodeSchema),
    /** The record of the decision. */
    index: CountSchema,
    time: CountSchema,
  },
  CLOSED,
);
export type ActionView = Static<typeof ActionViewSchema>;

export const ActionListSchema = Type.Object(
  {
    actions: Type.Array(ActionViewSchema, { maxItems: API_LIMITS.page_rows_max }),
    /** Records that have been read into this list; a later one may be missing. */
    as_of: CountSchema,
    /** What to pass as `before` for the next page; null at the end. */
    next: nullable(CountSchema),
  },
  CLOSED,
);

export const PAGE_QUERY = {
  before: Type.Optional(CountSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: API_LIMITS.page_rows_max })),
  min_index: Type.Optional(CountSchema),
};

export const READ_FILE = {
  tool: 'files.read',
  args: { path: 'src/main.ts' },
  why: 'the task asks for a change in this file',
  session: 'refactoring',
};

export const ACTION_OPERATIONS = {
  proposeAction: {
    method: 'POST',
    path: '/api/v1/actions',
    summary: 'Propose an action: it is understood, judged, recorded and answered with proof',
    access: 'propose',
    query: {},
    body: {
      media: 'application/json',
      schema: ProposalSchema,
      bytes_max: API_LIMITS.action_bytes_max,
      example: READ_FILE,
    },
    answer: { media: 'application/json', schema: ProposedSchema },
    codes: ['IDEMPOTENCY_MISMATCH', 'KEY_TOO_OLD', 'RATE_LIMIT_EXCEEDED', 'NAMESPACE_ERASED'],
  },
  proposeActions: {
    method: 'POST',
    path: '/api/v1/actions/batch',
    summary: 'Propose several actions: judged in order, each with its own answer; never atomic',
    access: 'propose',
    query: {},
    body: {
      media: 'application/json',
      schema: BatchSchema,
      bytes_max: API_LIMITS.batch_bytes_max,
      example: { proposals: [{ key: null, proposal: READ_FILE }] },
    },
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          answers: Type.Array(
            Type.Object(
              {
                status: Type.Integer({ minimum: 200, maximum: 599 }),
                code: CodeSchema,
                proposed: nullable(ProposedSchema),
              },
              CLOSED,
            ),
            { maxItems: API_LIMITS.batch_actions_max },
          ),
        },
        CLOSED,
      ),
    },
    codes: [],
  },
  weighActions: {
    method: 'POST',
    path: '/api/v1/actions/admissible',
    summary:
      'What each candidate would be answered now: nothing is permitted, and how many were asked is recorded',
    access: 'propose',
    query: {},
    body: {
      media: 'application/json',
      schema: CandidatesSchema,
      bytes_max: API_LIMITS.batch_bytes_max,
      example: { candidates: [READ_FILE] },
    },
    answer: {
      media: 'application/json',
      schema: Type.Object(
        { answers: Type.Array(WeighedSchema, { maxItems: API_LIMITS.candidates_max }) },
        CLOSED,
      ),
    },
    codes: ['RATE_LIMIT_EXCEEDED'],
  },
  listActions: {
    method: 'GET',
    path: '/api/v1/actions',
    summary: 'Decisions of the namespace, the newest first',
    access: 'read',
    query: {
      ...PAGE_QUERY,
      verdict: Type.Optional(Type.Enum(VERDICTS)),
      code: Type.Optional(CodeSchema),
    },
    body: null,
    answer: { media: 'application/json', schema: ActionListSchema },
    codes: [],
  },
  getAction: {
    method: 'GET',
    path: '/api/v1/actions/{id}',
    summary: 'Where one action stands',
    access: 'known',
    query: {},
    body: null,
    answer: { media: 'application/json', schema: ActionViewSchema },
    codes: ['NOT_FOUND'],
  },
  getDecision: {
    method: 'GET',
    path: '/api/v1/actions/{id}/decision',
    summary: 'The last judgment of an action with its proof: why, and for its executor the writ again',
    access: 'known',
    query: {},
    body: null,
    answer: {
      media: 'application/json',
      schema: Type.Object(
        {
          proven: ProvenSchema,
          /** Null when the sealed part was erased. */
          reasons: nullable(Type.Array(WireReasonSchema, { maxItems: SCHEMA_LIMITS.reasons_max })),
          /** Opens the commitment to the arguments, for the executor alone. */
          nonce: nullable(DigestSchema),
        },
        CLOSED,
      ),
    },
    codes: ['NOT_FOUND'],
  },
  commitAction: {
    method: 'POST',
    path: '/api/v1/actions/{id}/commit',
    summary: 'Spend the permission, once, on exactly these arguments: the answer is the spend receipt',
    access: 'commit',
    query: {},
    body: {
      media: 'application/json',
      schema: CommitSchema,
      bytes_max: API_LIMITS.action_bytes_max,
      example: { attempt: 'first', args: READ_FILE.args },
    },
    answer: { media: 'application/json', schema: AnsweredSchema },
    codes: [
      'WRIT_UNKNOWN',
      'WRIT_EXPIRED',
      'ALREADY_SPENT',
      'ARGUMENTS_DIFFER',
      'EXECUTOR_DIFFERS',
      'STATE_DRIFT',
      'LOCKED',
    ],
  },
  reportOutcome: {
    method: 'POST',
    path: '/api/v1/actions/{id}/outcome',
    summary: 'Say what the run did; the first report stands',
    access: 'outcome',
    query: {},
    body: {
      media: 'application/json',
      schema: OutcomeSchema,
      bytes_max: API_LIMITS.action_bytes_max,
      example: { status: 'succeeded', attested_by: 'agent' },
    },
    answer: { media: 'application/json', schema: AnsweredSchema },
    codes: ['WRIT_UNKNOWN', 'NOT_COMMITTED', 'OUTCOME_CONFLICT', 'EXECUTOR_DIFFERS'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
