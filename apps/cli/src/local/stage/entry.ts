import type { Reason, Understanding, Verdict } from '@writ/contract';
import type { WireAnswer, WireProven, WireReason } from '@writ/contract/api';

/** What one gate said. */
export type GateView = Extract<WireAnswer, { readonly kind: 'judged' }>['gates'][number];

/** Who proposed it: the scripted agent, or whoever sits at the page. */
export type Proposer = 'agent' | 'you';

/** What came of the run of what was allowed. `refused`: the runner did not believe the receipt. */
export type RunView = {
  readonly state: 'running' | 'succeeded' | 'failed' | 'refused';
  readonly text: string;
  /** What it printed, cut. */
  readonly output: string;
};

/** One line of the timeline. */
export type EntryView = {
  readonly number: number;
  readonly by: Proposer;
  /** The command line as it was typed, or the call as JSON. */
  readonly what: string;
  readonly why: string;
  /** `asking`: on its way. `unanswered`: no answer came, so nothing may run. */
  readonly state: 'asking' | 'answered' | 'unanswered';
  readonly verdict: Verdict | null;
  readonly code: string;
  readonly text: string;
  /** The record of the decision. */
  readonly index: number | null;
  readonly run: RunView | null;
};

/** What an operator sees of a decision: the sealed part of its record, opened by the cell. */
export type OperatorView = {
  readonly understanding: Understanding;
  readonly reasons: readonly (Reason & { readonly text: string })[];
};

/** All that is known of one entry. */
export type EntryDetail = EntryView & {
  readonly tool: string;
  /** Canonical JSON: what was judged, committed to, and run. */
  readonly args: string;
  /** How the typed words were split; null for a call. */
  readonly words: readonly string[] | null;
  readonly gates: readonly GateView[];
  readonly reasons: readonly WireReason[];
  readonly operator: OperatorView | null;
  /** The record of the decision, of the spend, and of the outcome, each with its proof. */
  readonly proven: WireProven | null;
  readonly spent: WireProven | null;
  readonly outcome: WireProven | null;
  readonly nonce: string | null;
};

export type CellView = {
  readonly state: 'starting' | 'serving' | 'stopped' | 'refused';
  readonly text: string;
  /** How often a cell was started here. */
  readonly starts: number;
};

export const EXHIBITS = ['tamper', 'forge', 'kill'] as const;
export type ExhibitName = (typeof EXHIBITS)[number];

export type ExhibitLine = { readonly tone: 'plain' | 'good' | 'bad'; readonly text: string };

/** What a button shows. `good` and `bad` in a line say whether it went as Writ promises. */
export type ExhibitView = {
  readonly name: ExhibitName;
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly lines: readonly ExhibitLine[];
};

/** What does not change while the stage stands. */
export type AboutView = {
  readonly origin: string;
  readonly vkey: string;
  readonly workspace: string;
};

/** What is sent to the page as it happens. The first is everything so far. */
export type StageEvent =
  | {
      readonly kind: 'all';
      readonly about: AboutView;
      readonly cell: CellView;
      readonly entries: readonly EntryView[];
      readonly exhibits: readonly ExhibitView[];
    }
  | { readonly kind: 'cell'; readonly cell: CellView }
  | { readonly kind: 'entry'; readonly entry: EntryView }
  | { readonly kind: 'exhibit'; readonly exhibit: ExhibitView };
