import type { EntryView } from '../entry.ts';

/** What became of an entry, in few words, and how it looks. */
export type Standing = { readonly word: string; readonly tone: 'good' | 'warn' | 'bad' | 'faint' };

export function standingOf({ state, verdict }: EntryView): Standing {
  if (state === 'asking') return { word: 'asking …', tone: 'faint' };
  if (state === 'unanswered' || verdict === null) return { word: 'no answer', tone: 'warn' };
  switch (verdict) {
    case 'ALLOW':
      return { word: 'allowed', tone: 'good' };
    case 'ESCALATE':
      return { word: 'asks a person', tone: 'warn' };
    case 'NEED_EVIDENCE':
      return { word: 'asks for evidence', tone: 'warn' };
    case 'BLOCK':
      return { word: 'blocked', tone: 'bad' };
    default:
      return verdict satisfies never;
  }
}

/** What it did, where it was let. */
export function runOf({ run }: EntryView): string {
  if (run === null) return '';
  switch (run.state) {
    case 'running':
      return run.text;
    case 'succeeded':
      return `it ran, ${run.text}`;
    case 'failed':
      return `it ran and failed, ${run.text}`;
    case 'refused':
      return `it did not run: ${run.text}`;
    default:
      return run.state satisfies never;
  }
}
