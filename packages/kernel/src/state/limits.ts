import { CREDENTIAL_DAYS_MAX } from '@writ/contract';

/** Windows and quotas of the hot state. Every collection in it is bounded by one of these. */

/** How long a permission may wait to be spent. */
export const WRIT_LIFE_MS = 30_000;
/** How long a spend receipt is accepted by a target. */
export const RECEIPT_LIFE_MS = 30_000;
/** How long an escalation waits for people when its rule does not say. */
export const TICKET_LIFE_MS = 3_600_000;
/**
 * A committed action without an outcome is settled as spent after this: longer than any run that is watched.
 */
export const OUTCOME_LIFE_MS = 86_400_000;
/** A repeat of an idempotency key is recognised this long; older keys are refused. */
export const IDEMPOTENCY_LIFE_MS = 600_000;
/** Clocks of callers may be ahead by this much. */
export const IDEMPOTENCY_AHEAD_MS = 60_000;
/** Identical refusals within this window fold into one record. */
export const FOLD_WINDOW_MS = 10_000;
/** How long a finished action is remembered for repeats. */
export const FINISHED_LIFE_MS = 60_000;
/** A session without actions for this long is forgotten; toxic combinations are seen within it. */
export const SESSION_IDLE_MS = 3_600_000;
/** Effects of a session combine within this window. */
export const SESSION_EFFECT_WINDOW_MS = 300_000;
/**
 * How far back rules may ask: a day, in hours; the last hour of it in minutes. The slot of now is one more.
 */
export const PAST_LIFE_MS = 86_400_000;
export const PAST_MINUTE_SLOTS = 61;
export const PAST_HOUR_SLOTS = 25;
/** Different resources of one kind that are told apart for one root; beyond, `distinct` stays at this. */
export const SEEN_PER_KIND_MAX = 64;
/** Resources of one action that enter the past: its state part stays within its 8 KB. */
export const TOUCHED_MAX = 64;
/** Failed or refused calls of one shape count within this window. */
export const LOOP_WINDOW_MS = 600_000;
/** So many failures or refusals of one shape in the window are a loop. */
export const LOOP_MAX = 8;

export const CREDENTIAL_LIFE_MAX_MS: number = CREDENTIAL_DAYS_MAX * 86_400_000;
/** Credentials that have ended are looked for with the first record of every such span of time. */
export const CREDENTIAL_SWEEP_MS = 3_600_000;

/** Rates are counted in slots of this length … */
export const RATE_SLOT_MS = 10_000;
/** … over this many slots: a sliding minute. */
export const RATE_SLOTS = 6;
/**
 * So many proposals a minute beyond a root's rate are refused one by one; what comes on top is one refusal.
 */
export const REFUSED_PER_MINUTE_MAX = 600;

export const PRINCIPALS_MAX = 20_000;
/** Rotating wants two at a time; the rest is for several machines with a key of their own each. */
export const CREDENTIALS_PER_PRINCIPAL_MAX = 8;
/** For every principal that there can be, the one in use and the one that follows it. */
export const CREDENTIALS_MAX: number = 2 * PRINCIPALS_MAX;
export const NAMESPACES_MAX = 10_000;
export const TOOLS_PER_NAMESPACE_MAX = 1_000;
export const BUDGETS_PER_NAMESPACE_MAX = 16;
export const OPEN_WRITS_PER_PRINCIPAL_MAX = 1_000;
export const OPEN_WRITS_MAX = 100_000;
export const TICKETS_PER_SESSION_MAX = 5;
export const TICKETS_PER_NAMESPACE_MAX = 50;
export const TICKETS_MAX = 10_000;
export const IDEMPOTENCY_KEYS_MAX = 200_000;
export const SESSIONS_MAX = 50_000;
export const LOOPS_MAX = 50_000;
export const FOLDS_MAX = 50_000;
export const FINISHED_MAX = 20_000;
/** Frozen scopes, beyond which only what is registered can be frozen. */
export const FREEZES_MAX = 10_000;
export const QUARANTINED_MAX = 1_000;

/** So long one record of who asks what would be allowed holds; then another says how often it was. */
export const QUESTIONS_WINDOW_MS = 60_000;

/** One principal holds at most this share of a shared budget in open writs. */
export const BUDGET_HOLD_SHARE = 5;
/** One tick names at most this many expired things, so that its state part stays within 8 KB. */
export const TICK_EXPIRED_MAX = 96;
/** One tick counts the folds of at most this many records. */
export const TICK_FOLDED_MAX = 64;
