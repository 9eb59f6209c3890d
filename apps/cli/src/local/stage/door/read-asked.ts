import { encodeUtf8, type JsonObject, parseJson, printJson } from '@writ/proof';
import { type NoWords, splitWords } from '../acts/split-words.ts';
import type { Asked } from '../acts/act.ts';
import { COMMAND } from '../furnish-stage.ts';
import { objectOf } from './read-body.ts';

export type ReadAsked =
  | { readonly kind: 'asked'; readonly asked: Asked }
  | { readonly kind: 'refused'; readonly text: string };

const WHY_NOT: Readonly<Record<NoWords, string>> = {
  EMPTY: 'There is nothing to propose yet.',
  QUOTE_OPEN: 'A quote is not closed.',
  TOO_LONG: 'That is longer than a line may be here.',
};

const FROM_PAGE = { by: 'you', session: 'page', why: 'typed at the page' } as const;

/** What was typed: a command line, or where it begins with a brace a call as JSON. */
export function readAsked(typed: string): ReadAsked {
  if (typed.trimStart().startsWith('{')) return readCall(typed);
  const split = splitWords(typed);
  if (split.kind === 'refused') return { kind: 'refused', text: WHY_NOT[split.why] };
  const { words } = split;
  const [executable = '', ...rest] = words;
  const args = { executable, args: rest };
  return { kind: 'asked', asked: { ...FROM_PAGE, what: typed.trim(), tool: COMMAND.name, args, words } };
}

function readCall(typed: string): ReadAsked {
  const call = callOf(typed);
  const tool = call?.['tool'];
  const args = objectOf(call?.['args']);
  if (call === null || typeof tool !== 'string' || args === null || Object.keys(call).length !== 2) {
    return { kind: 'refused', text: 'A call is {"tool": "…", "args": {…}}, in strict JSON.' };
  }
  return { kind: 'asked', asked: { ...FROM_PAGE, what: printJson(call), tool, args, words: null } };
}

function callOf(typed: string): JsonObject | null {
  try {
    return objectOf(parseJson(encodeUtf8(typed)));
  } catch {
    return null;
  }
}
