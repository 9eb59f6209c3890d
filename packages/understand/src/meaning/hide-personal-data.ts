import type { JsonObject } from '@writ/proof';
import { UnderstandFailure } from '../failure.ts';
import { type DetectionFinding, tokenise } from '../tokens/tokenise.ts';

export type Hidden = { readonly names: readonly string[]; readonly findings: readonly DetectionFinding[] };

const ARGUMENTS = '/args';

/**
 * Names with the tokens that the same values have in the arguments, and what detection finds there. Null
 * where that cannot be told within its limits: then no name may be shown. Meaning is read from the arguments
 * as they are, never from tokens, or a word that is declared a password would be a word that nobody reads.
 */
export function hidePersonalData(args: JsonObject, names: readonly string[]): Hidden | null {
  try {
    // A list of its own for each name: what stands before a name says nothing about it.
    const hidden = tokenise({ args, names: names.map((name) => [name]) });
    const lists = hidden.args['names'] as readonly (readonly string[])[]; // strings stay strings
    const findings = hidden.findings.filter(({ where }) => where.startsWith(`${ARGUMENTS}/`));
    return {
      names: lists.map(([name]) => name ?? ''),
      findings: findings.map(({ code, where }) => ({ code, where: where.slice(ARGUMENTS.length) })),
    };
  } catch (error) {
    if (error instanceof UnderstandFailure) return null;
    throw error;
  }
}
