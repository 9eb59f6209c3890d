import { type Finding, isStricter, type Reason, type Verdict } from '@writ/contract';
import { printJson } from '@writ/proof';
import { isKnownTool } from '../../files/known-tools.ts';
import type { Judged } from './judge-history.ts';

/** What a call would have come to at the door. */
export type Fate = 'silent' | 'asked' | 'blocked' | 'undeclared';

/** By what a call was stopped, most telling first: what was found, what it does, or that nobody knows. */
export type Mechanism = 'finding' | 'effect' | 'irreversible' | 'opaque' | 'unfamiliar';

export type Why = {
  readonly verdict: Verdict;
  readonly code: string;
  readonly rule: string | null;
  readonly calls: number;
};

/** Calls that read alike, as one line. */
export type Worst = {
  readonly fate: Fate;
  readonly risk: number;
  readonly calls: number;
  readonly tool: string;
  readonly shown: string;
  readonly code: string;
  readonly rule: string | null;
  readonly mechanism: Mechanism;
  /** The day of the last one. */
  readonly day: string;
  readonly refused: number;
};

export type Summary = {
  readonly calls: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Days on which anything was called, in UTC. */
  readonly days: number;
  readonly sessions: number;
  readonly projects: number;
  readonly mechanisms: Readonly<Partial<Record<Mechanism, number>>>;
  readonly why: readonly Why[];
  readonly worst: readonly Worst[];
  /** Calls that are asked about, each kind once for its project. */
  readonly different_questions: number;
  /** What the person refused then, by what would have become of it. */
  readonly refused: Readonly<Record<Fate, number>>;
  readonly undeclared_tools: Readonly<Record<string, number>>;
  /** Calls in directories that are gone: nobody could see what could be undone there. */
  readonly unobserved: number;
  readonly asked_unobserved: number;
};

export function summarise(judged: readonly Judged[], refused: ReadonlySet<string>): Summary {
  const fates = { silent: 0, asked: 0, blocked: 0, undeclared: 0 };
  const refusals = { ...fates };
  const mechanisms: Partial<Record<Mechanism, number>> = {};
  const undeclared_tools: Record<string, number> = {};
  const questions = new Set<string>();
  let [unobserved, asked_unobserved] = [0, 0];
  for (const one of judged) {
    const fate = fateOf(one);
    fates[fate] += 1;
    if (refused.has(one.call.use)) refusals[fate] += 1;
    if (fate === 'undeclared') undeclared_tools[one.tool] = (undeclared_tools[one.tool] ?? 0) + 1;
    if (!one.observed) unobserved += 1;
    if (fate === 'asked') {
      questions.add(questionOf(one));
      if (!one.observed) asked_unobserved += 1;
    }
    if (fate !== 'asked' && fate !== 'blocked') continue;
    const mechanism = mechanismOf(one);
    mechanisms[mechanism] = (mechanisms[mechanism] ?? 0) + 1;
  }
  return {
    calls: judged.length,
    fates,
    days: new Set(judged.map(dayOf)).size,
    sessions: new Set(judged.map(({ call }) => call.session)).size,
    projects: new Set(judged.map(({ call }) => call.project)).size,
    mechanisms,
    why: whyOf(judged),
    worst: worstOf(judged, refused),
    different_questions: questions.size,
    refused: refusals,
    undeclared_tools,
    unobserved,
    asked_unobserved,
  };
}

/** Of a tool that nobody declared, nothing is understood: it is told apart from what a rule refuses. */
export function fateOf({ tool, verdict }: Judged): Fate {
  if (!isKnownTool(tool)) return 'undeclared';
  if (verdict === 'ALLOW') return 'silent';
  return verdict === 'BLOCK' ? 'blocked' : 'asked';
}

export function dayOf({ call }: Judged): string {
  return new Date(call.at_ms).toISOString().slice(0, 10);
}

/** Findings that say how much is known, and nothing of what is done. */
const OF_KNOWING: ReadonlySet<Finding['code']> = new Set([
  'lexical_only',
  'unfamiliar',
  'opaque',
  'personal_data_in_arguments',
  'leaves_workspace',
]);

function mechanismOf({ reasons, understanding: { findings } }: Judged): Mechanism {
  const codes = new Set(findings.map(({ code }) => code));
  if ([...codes].some((code) => !OF_KNOWING.has(code))) return 'finding';
  // What is not understood has every effect of its tool, which then says nothing.
  if (codes.has('opaque')) return 'opaque';
  if (codes.has('unfamiliar')) return 'unfamiliar';
  return reasons.every(({ code }) => code === 'IRREVERSIBLE') ? 'irreversible' : 'effect';
}

/**
 * What a person would be asked, as one question for a project: the same rules about the same host, branch or
 * program; where there is none, about the same call.
 */
function questionOf({ call, reasons, shown, tool, understanding: { resources } }: Judged): string {
  const named = resources.filter(({ kind }) => ABOUT.has(kind)).map(({ kind, name }) => [kind, name]);
  const about = named.length > 0 ? named : shown;
  return printJson([call.project, tool, reasons.map(({ code, rule }) => [code, rule]), about]);
}

const ABOUT: ReadonlySet<string> = new Set(['host', 'branch', 'program']);

function whyOf(judged: readonly Judged[]): readonly Why[] {
  const found = new Map<string, Why>();
  for (const { reasons } of judged) {
    const once = new Map(reasons.map((reason) => [keyOf(reason), reason]));
    for (const [key, { code, rule, verdict }] of once) {
      found.set(key, { verdict, code, rule, calls: (found.get(key)?.calls ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.calls - a.calls || compare(a.code, b.code));
}

function keyOf({ code, rule, verdict }: Reason): string {
  return `${verdict} ${code} ${rule ?? ''}`;
}

function worstOf(judged: readonly Judged[], refused: ReadonlySet<string>): readonly Worst[] {
  const found = new Map<string, Worst & { readonly verdict: Verdict }>();
  for (const one of judged) {
    const fate = fateOf(one);
    const [first] = one.reasons;
    if (fate === 'silent' || fate === 'undeclared' || first === undefined) continue;
    const shown = shownOf(one);
    const key = `${one.tool} ${shown} ${keyOf(first)}`;
    const before = found.get(key);
    found.set(key, {
      fate,
      verdict: one.verdict,
      risk: Math.max(one.understanding.risk, before?.risk ?? 0),
      calls: (before?.calls ?? 0) + 1,
      tool: one.tool,
      shown,
      code: first.code,
      rule: first.rule,
      mechanism: mechanismOf(one),
      day: dayOf(one),
      refused: (before?.refused ?? 0) + (refused.has(one.call.use) ? 1 : 0),
    });
  }
  return [...found.values()]
    .sort(
      (a, b) =>
        (isStricter(a.verdict, b.verdict) ? -1 : isStricter(b.verdict, a.verdict) ? 1 : 0) ||
        b.risk - a.risk ||
        b.calls - a.calls ||
        compare(a.shown, b.shown),
    )
    .map(({ verdict: _verdict, ...worst }) => worst);
}

/** What says most about a call: its text where it has one, else all arguments. */
function shownOf({ shown }: Judged): string {
  const { command, path, url } = shown;
  for (const text of [command, path, url]) if (typeof text === 'string') return text;
  return printJson(shown);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
