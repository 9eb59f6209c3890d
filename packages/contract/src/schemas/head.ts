import { Type } from 'typebox';
import { RECORD_VERSION } from '@writ/proof';
import { ATTESTERS, PROOFS_OF_PERSON } from '../principals.ts';
import { VERDICTS } from '../verdicts.ts';
import { SCHEMA_LIMITS } from './limits.ts';
import { PATTERNS } from './pattern.ts';
import { CLOSED, CountSchema, DigestSchema, IdSchema, nullable, TagSchema } from './values.ts';

/** Heads keep the codes of every release, so they name the form of a code and not the list of today. */
const HeadCodeSchema = Type.String({ pattern: PATTERNS.head_code.source, maxLength: 48 });
const HeadObligationSchema = Type.String({ pattern: PATTERNS.head_obligation.source, maxLength: 32 });
/** Eight, as in the format of heads. */
const HeadObligationsSchema = Type.Array(HeadObligationSchema, { maxItems: 8, uniqueItems: true });

const BASE = {
  v: Type.Literal(RECORD_VERSION),
  id: IdSchema,
  ns: IdSchema,
  time: CountSchema,
  term: CountSchema,
  salt: TagSchema,
  parts: Type.Object({ state: DigestSchema, sealed: nullable(DigestSchema) }, CLOSED),
};

const JUDGED = {
  verdict: Type.Enum(VERDICTS),
  code: HeadCodeSchema,
  args: DigestSchema,
  executor: IdSchema,
  expires_at: nullable(CountSchema),
  obligations: HeadObligationsSchema,
  reasons: CountSchema,
  state_hash: nullable(DigestSchema),
  ticket: nullable(IdSchema),
  tool: nullable(DigestSchema),
  policy: nullable(DigestSchema),
  engine: DigestSchema,
  wall: CountSchema,
};

const ANSWERED = {
  binding: DigestSchema,
  proof_of_person: Type.Enum(PROOFS_OF_PERSON),
  state: Type.Enum(['open', 'approved', 'denied']),
};
const SCOPED = { scope: Type.Enum(['all', 'namespace', 'session', 'principal', 'effect']) };
const REGISTERED = {
  change: Type.Enum(['register', 'replace', 'disable']),
  definition: nullable(DigestSchema),
};

const CommitHeadSchema = Type.Object(
  {
    ...BASE,
    kind: Type.Literal('commit'),
    args: DigestSchema,
    attempt: TagSchema,
    cnf: nullable(DigestSchema),
    decided_at: CountSchema,
    engine: DigestSchema,
    executor: IdSchema,
    expires_at: CountSchema,
    obligations: HeadObligationsSchema,
    policy: nullable(DigestSchema),
    state_hash: DigestSchema,
    target: nullable(DigestSchema),
    tool: nullable(DigestSchema),
    wall: CountSchema,
  },
  CLOSED,
);

const OutcomeHeadSchema = Type.Object(
  {
    ...BASE,
    kind: Type.Literal('outcome'),
    attested_by: Type.Enum(ATTESTERS),
    executor: IdSchema,
    produced: CountSchema,
    status: Type.Enum(['succeeded', 'failed', 'unknown']),
    unwrapped: Type.Boolean(),
  },
  CLOSED,
);

const GenesisHeadSchema = Type.Object(
  {
    ...BASE,
    kind: Type.Literal('genesis'),
    engine: DigestSchema,
    keys: Type.Array(DigestSchema, { maxItems: SCHEMA_LIMITS.keys_max }),
    predecessor: nullable(
      Type.Object({ origin: DigestSchema, root: DigestSchema, size: CountSchema }, CLOSED),
    ),
    reason: Type.Enum(['new', 'restore', 'recover', 'compromise', 'format']),
    state_digest: nullable(DigestSchema),
  },
  CLOSED,
);

const KeyHeadSchema = Type.Object(
  {
    ...BASE,
    kind: Type.Literal('key'),
    change: Type.Enum(['add', 'retire']),
    key: DigestSchema,
    purpose: Type.Enum(['checkpoint', 'jwt', 'bundle']),
  },
  CLOSED,
);

/** Every head by its kind. Reading a head from bytes is proof's; this is its shape for those who get JSON. */
export const HEAD_SCHEMAS = {
  genesis: GenesisHeadSchema,
  term: Type.Object(
    { ...BASE, kind: Type.Literal('term'), reason: Type.Enum(['start', 'takeover', 'unknown']) },
    CLOSED,
  ),
  clock: Type.Object({ ...BASE, kind: Type.Literal('clock'), from: CountSchema, to: CountSchema }, CLOSED),
  engine: Type.Object({ ...BASE, kind: Type.Literal('engine'), engine: DigestSchema }, CLOSED),
  key: KeyHeadSchema,
  snapshot: Type.Object(
    { ...BASE, kind: Type.Literal('snapshot'), size: CountSchema, state_digest: DigestSchema },
    CLOSED,
  ),
  quarantine: Type.Object({ ...BASE, kind: Type.Literal('quarantine'), command: DigestSchema }, CLOSED),
  namespace: Type.Object({ ...BASE, kind: Type.Literal('namespace'), ...REGISTERED }, CLOSED),
  principal: Type.Object({ ...BASE, kind: Type.Literal('principal'), ...REGISTERED }, CLOSED),
  tool: Type.Object({ ...BASE, kind: Type.Literal('tool'), ...REGISTERED }, CLOSED),
  policy: Type.Object({ ...BASE, kind: Type.Literal('policy'), ...REGISTERED }, CLOSED),
  credential: Type.Object(
    { ...BASE, kind: Type.Literal('credential'), change: Type.Enum(['register', 'end']) },
    CLOSED,
  ),
  decision: Type.Object({ ...BASE, kind: Type.Literal('decision'), ...JUDGED }, CLOSED),
  release: Type.Object({ ...BASE, kind: Type.Literal('release'), ...JUDGED }, CLOSED),
  commit: CommitHeadSchema,
  outcome: OutcomeHeadSchema,
  refusal: Type.Object(
    {
      ...BASE,
      kind: Type.Literal('refusal'),
      code: HeadCodeSchema,
      on: nullable(IdSchema),
      verdict: Type.Literal('BLOCK'),
    },
    CLOSED,
  ),
  approval: Type.Object({ ...BASE, kind: Type.Literal('approval'), ...ANSWERED }, CLOSED),
  denial: Type.Object({ ...BASE, kind: Type.Literal('denial'), ...ANSWERED }, CLOSED),
  freeze: Type.Object({ ...BASE, kind: Type.Literal('freeze'), ...SCOPED }, CLOSED),
  thaw: Type.Object({ ...BASE, kind: Type.Literal('thaw'), ...SCOPED }, CLOSED),
  erase: Type.Object(
    { ...BASE, kind: Type.Literal('erase'), subject: Type.Enum(['namespace', 'action']) },
    CLOSED,
  ),
  questions: Type.Object(
    {
      ...BASE,
      kind: Type.Literal('questions'),
      change: Type.Enum(['open', 'close']),
      explained: nullable(CountSchema),
      from: CountSchema,
      to: CountSchema,
      weighed: nullable(CountSchema),
    },
    CLOSED,
  ),
  tick: Type.Object(
    {
      ...BASE,
      kind: Type.Literal('tick'),
      expired_tickets: CountSchema,
      expired_writs: CountSchema,
      folded: CountSchema,
    },
    CLOSED,
  ),
};
