import type { JsonObject } from '@writ/proof';
import { detect, tokenise, UnderstandFailure } from '../../src/index.ts';

type Case = {
  readonly text?: readonly string[];
  readonly args?: JsonObject;
};

/** Everything that the vectors hold, detected and tokenised: for comparing one place to run with another. */
export function probe(vectors: { readonly [path: string]: string }): unknown {
  const answers: unknown[] = [];
  for (const name of ['found', 'not-found', 'tokenised']) {
    const text = vectors[`vectors/detection/${name}.json`];
    if (text === undefined) throw new Error(`vectors/detection/${name}.json is missing`);
    const { cases } = JSON.parse(text) as { readonly cases: readonly Case[] }; // our own vectors
    for (const one of cases) {
      if (one.text !== undefined)
        answers.push(detect(one.text.join('')), tokenise({ text: one.text.join('') }));
      if (one.args !== undefined) answers.push(tokenise(one.args));
    }
  }
  answers.push(refusalOf('x'.repeat(65_537)));
  return answers;
}

function refusalOf(text: string): string {
  try {
    tokenise({ text });
    return 'taken';
  } catch (error) {
    if (error instanceof UnderstandFailure) return error.code;
    throw error;
  }
}
