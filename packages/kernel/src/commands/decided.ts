import type { Answer, Code, Command, Drift, Reason, Salts, Scope } from '@writ/contract';
import type { Id } from '@writ/proof';
import type { Library } from '../gates/gate.ts';
import type { Draft } from '../record/record.ts';
import { endingOf } from '../identity/ending.ts';
import type { Principal, State } from '../state/state.ts';
import { FOLD_WINDOW_MS } from '../state/limits.ts';

/**
 * What a command is decided with, beside state: its time, the salts of the record it may make, the library.
 */
export type Setting = {
  readonly state: State;
  readonly now_ms: number;
  readonly salts: Salts;
  readonly library: Library;
};

/** One record at most, the answer that stands on it, and the command that follows in the same batch. */
export type Decided = {
  readonly draft: Draft | null;
  readonly answer: Answer;
  readonly next: Command | null;
};

export function recorded(draft: Draft, answer: Answer, next: Command | null = null): Decided {
  return { draft, answer, next };
}

/** An answer that changes nothing and needs no record. */
export function unrecorded(answer: Answer): Decided {
  return { draft: null, answer, next: null };
}

export function done(setting: Setting, draft: Draft, id: Id): Decided {
  return recorded(draft, { kind: 'done', index: setting.state.size, id });
}

/** A refusal that leaves no trace but a counter: nobody known asked, or the cell could not look. */
export function refusedUnrecorded(code: Code): Decided {
  return unrecorded({ kind: 'refused', index: null, code, drift: [], reasons: [] });
}

type RefusalDetail = {
  readonly on: Id | null;
  readonly voids?: Id;
  readonly drift?: readonly Drift[];
  readonly reasons?: readonly Reason[];
};

/** A refusal of someone known is a record; the same one within the fold window points at the first. */
export function refused(setting: Setting, by: Principal, code: Code, detail: RefusalDetail): Decided {
  const { state } = setting;
  const fold = `${by.id}/${detail.on ?? ''}/${code}`;
  const before = state.folds.get(fold);
  if (before !== undefined && before.at > setting.now_ms - FOLD_WINDOW_MS && detail.voids === undefined) {
    return unrecorded({ kind: 'repeat', index: before.index, id: detail.on, code, folded: true });
  }
  const draft: Draft = {
    head: {
      ...headBase(setting, by.ns, detail.on ?? by.id),
      kind: 'refusal',
      code,
      on: detail.on,
      verdict: 'BLOCK',
    },
    state: { by: by.id, fold, voids: detail.voids ?? null },
    sealed: null,
  };
  const { drift = [], reasons = [] } = detail;
  return recorded(draft, { kind: 'refused', index: state.size, code, drift, reasons });
}

/** The members that all heads share. */
export function headBase(
  { state, now_ms }: Setting,
  ns: Id,
  id: Id,
): { readonly v: 1; readonly id: Id; readonly ns: Id; readonly time: number; readonly term: number } {
  return { v: 1, id, ns, time: now_ms, term: state.term };
}

export type Authorised =
  | { readonly kind: 'yes'; readonly principal: Principal }
  | { readonly kind: 'no'; readonly decided: Decided };

/**
 * Is this credential known, alive, and does it hold this scope? The refusal names nothing that was asked for:
 * an id that nobody minted is a string from outside, and each new one would be a new record.
 */
export function authorise(setting: Setting, by: Id, scope: Scope): Authorised {
  const principal = setting.state.principals.get(by);
  if (principal === undefined) return { kind: 'no', decided: refusedUnrecorded('UNAUTHENTICATED') };
  const code = refusalOf(principal, scope, setting.now_ms);
  if (code === null) return { kind: 'yes', principal };
  return { kind: 'no', decided: refused(setting, principal, code, { on: null }) };
}

/** The same for an act on a namespace: its own people, and those of the cell's operators. */
export function authoriseOn(setting: Setting, by: Id, scope: Scope, ns: Id | null): Authorised {
  const authorised = authorise(setting, by, scope);
  if (authorised.kind === 'no') return authorised;
  const { principal } = authorised;
  if (principal.ns === ns || principal.ns === setting.state.home) return authorised;
  return { kind: 'no', decided: refused(setting, principal, 'INSUFFICIENT_AUTHORITY', { on: null }) };
}

function refusalOf(principal: Principal, scope: Scope, now_ms: number): Code | null {
  const ended = endingOf(principal, now_ms);
  if (ended !== null) return ended;
  return principal.definition.scopes.includes(scope) ? null : 'INSUFFICIENT_AUTHORITY';
}
