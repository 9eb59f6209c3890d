/**
 * The one list of codes. A reason's class says who can lift it: `final` nobody, `liftable` a person,
 * `fillable` evidence. `status` is the only place where a code becomes an HTTP status. The agent's text is a
 * fixed template; the operator's may be longer. Neither carries a value from outside.
 */
export type ReasonClass = 'final' | 'liftable' | 'fillable';

export type CodeEntry = {
  readonly class: ReasonClass;
  readonly status: number;
  readonly agent: string;
  readonly operator: string;
};

function entry(reasonClass: ReasonClass, status: number, agent: string, operator: string = agent): CodeEntry {
  return { class: reasonClass, status, agent, operator };
}

const TABLE = {
  // Verdicts and their reasons, in gate order.
  ALLOWED: entry('final', 200, 'allowed'),
  LOCKED: entry('final', 423, 'frozen by an operator', 'a freeze covers this action'),
  UNKNOWN_TOOL: entry('final', 422, 'no such tool is declared in this namespace'),
  SCHEMA_MISMATCH: entry('final', 422, 'the arguments do not fit the declared schema of the tool'),
  MALFORMED: entry('final', 400, 'the action could not be parsed'),
  TOOL_CHANGED: entry(
    'final',
    409,
    'the tool definition changed',
    'the pinned tool definition is not current',
  ),
  INSUFFICIENT_AUTHORITY: entry('final', 403, 'this credential may not do that'),
  EFFECT_OUT_OF_SCOPE: entry('final', 403, 'an effect of this action is outside what this agent may do'),
  RISK_OVER_CAP: entry('liftable', 202, 'the risk of this action needs a person'),
  RATE_LIMIT_EXCEEDED: entry('final', 429, 'too many actions; try again later'),
  QUOTA_EXCEEDED: entry('final', 429, 'too many open permissions'),
  BUDGET_EXCEEDED: entry('final', 403, 'the budget for this is used up'),
  LOOP_KILLED: entry('final', 429, 'this call keeps failing or being refused; do something else'),
  FORBIDDEN: entry('final', 403, 'never permitted'),
  SELF_PROTECT: entry('final', 403, 'touches the guard itself'),
  FACT_CONFLICT: entry('final', 409, 'a claim contradicts a known fact'),
  CONFLICT_OPEN: entry('final', 409, 'an open conflict concerns this action'),
  CONSTRAINT_VIOLATION: entry('final', 403, 'a locked constraint forbids this'),
  NO_RULE: entry('final', 403, 'no rule allows this'),
  NO_POLICY: entry(
    'final',
    403,
    'no policy is in force',
    'the namespace has no policy: everything is refused',
  ),
  RULE_BLOCK: entry('final', 403, 'a rule forbids this'),
  RULE_ESCALATE: entry('liftable', 202, 'a rule asks for a person'),
  RULE_EVIDENCE: entry('fillable', 202, 'a rule asks for evidence'),
  RULE_ERROR: entry('final', 403, 'a rule could not be evaluated'),
  OPAQUE: entry('final', 403, 'a part of this action cannot be understood'),
  TOXIC_COMBINATION: entry('liftable', 202, 'with what this session already did, this needs a person'),
  TAINTED_FLOW: entry('liftable', 202, 'a value from an untrusted source reaches a sensitive place'),
  IRREVERSIBLE: entry('liftable', 202, 'this cannot be undone and needs a person'),
  LOW_CONFIDENCE: entry('liftable', 202, 'the facts relied on are not certain enough'),
  EVIDENCE_MISSING: entry('fillable', 202, 'evidence is missing'),
  RECORD_TOO_LARGE: entry('final', 413, 'the action is too large to record'),
  INTERNAL: entry('final', 403, 'could not be judged', 'an internal error; the action was refused'),
  QUARANTINED: entry('final', 403, 'refused', 'this command made the cell fail before and is refused'),
  TOO_MANY_PENDING: entry('final', 429, 'too many actions are waiting for people'),
  NAMESPACE_ERASED: entry('final', 410, 'this namespace was erased'),
  // Commit, outcome, tickets.
  WRIT_UNKNOWN: entry('final', 404, 'no open writ with this id'),
  WRIT_EXPIRED: entry('final', 410, 'the writ expired'),
  ALREADY_SPENT: entry('final', 409, 'the writ was already spent'),
  ARGUMENTS_DIFFER: entry('final', 409, 'the arguments are not those that were permitted'),
  EXECUTOR_DIFFERS: entry('final', 403, 'another executor holds this writ'),
  STATE_DRIFT: entry('final', 409, 'what the decision relied on changed; propose again'),
  OUTCOME_CONFLICT: entry('final', 409, 'another outcome is already recorded'),
  NOT_COMMITTED: entry('final', 409, 'the writ was not committed'),
  OBLIGATION_UNMET: entry('final', 409, 'an obligation cannot be met'),
  TICKET_UNKNOWN: entry('final', 404, 'no such ticket'),
  TICKET_CLOSED: entry('final', 409, 'the ticket is closed'),
  TICKET_EXPIRED: entry('final', 410, 'the ticket expired'),
  TICKET_NOT_APPROVED: entry('final', 409, 'the ticket is not approved yet'),
  ALREADY_RELEASED: entry('final', 409, 'the ticket was already released'),
  ALREADY_ANSWERED: entry('final', 409, 'this person already answered'),
  BINDING_DIFFERS: entry('final', 409, 'the answer is for something else than what is asked'),
  PROOF_OF_PERSON_TOO_WEAK: entry('final', 403, 'a stronger proof of person is needed'),
  SEPARATION_OF_DUTIES: entry('final', 403, 'this person may not answer for this action'),
  // Idempotency, identity, governance.
  IDEMPOTENCY_MISMATCH: entry('final', 422, 'this key was used for another request'),
  KEY_TOO_OLD: entry('final', 422, 'the idempotency key is too old'),
  UNAUTHENTICATED: entry('final', 401, 'no valid credential'),
  PRINCIPAL_DISABLED: entry('final', 403, 'this credential is disabled', 'the principal is disabled'),
  PRINCIPAL_EXPIRED: entry('final', 403, 'this credential expired', 'the principal expired'),
  ALREADY_EXISTS: entry('final', 409, 'already exists'),
  NOT_FOUND: entry('final', 404, 'not found'),
  INVALID_COMMAND: entry('final', 422, 'the command is not valid'),
  CAPACITY: entry('final', 429, 'a limit of this cell is reached'),
  POLICY_INVALID: entry('final', 422, 'the policy is not valid'),
  LOG_SHORTER: entry(
    'final',
    409,
    'the log has fewer records than that',
    'a client has seen a larger log: this one was rolled back, or it is another',
  ),
  // The request, before it is a command.
  REQUEST_INVALID: entry('final', 400, 'the request does not fit the description of the interface'),
  HOST_REFUSED: entry('final', 421, 'no such host here'),
  ORIGIN_REFUSED: entry('final', 403, 'pages of other origins may not call this'),
  METHOD_REFUSED: entry('final', 405, 'this path does not take that method'),
  BODY_TOO_LARGE: entry('final', 413, 'the body is too large'),
  MEDIA_REFUSED: entry('final', 415, 'the body must be of the declared media type and not encoded'),
  REQUEST_TOO_SLOW: entry('final', 408, 'the request took too long to arrive'),
  // The cell as a machine.
  OVERLOADED: entry('final', 503, 'busy; try again'),
  UNAVAILABLE: entry('final', 503, 'not available; try again'),
  REOPENING: entry('final', 503, 'the cell opens anew; try again'),
  CLOCK_SUSPECT: entry('final', 503, 'the clock is not trusted'),
  UNDERSTANDING_TIMEOUT: entry('final', 503, 'understanding took too long'),
  UNDERSTANDING_FAILED: entry('final', 503, 'understanding failed'),
  UNDERSTANDING_BUDGET: entry(
    'final',
    429,
    'understanding these texts takes too long; try again later',
    'the principal used up its share of the time for understanding',
  ),
  DISK_LOW: entry(
    'final',
    503,
    'disk space is low',
    'less than the reserve is free: only freeze, outcome and commit',
  ),
  ENGINE_UNKNOWN: entry('final', 503, 'no such engine is archived'),
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof TABLE;

export const CODES: Readonly<Record<Code, CodeEntry>> = TABLE;

export function isCode(text: string): text is Code {
  return Object.hasOwn(TABLE, text);
}
