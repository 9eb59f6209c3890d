import { checkPage, isOwnPage, type PageScripts, readPage } from '@writ/page';
import { Failure, printJson } from '@writ/proof';
import { readPageScripts } from '../files/page-scripts.ts';
import { type Finding, refused } from './finding.ts';
import { proven, type Question } from './verify-proven.ts';

/** The record in a page, under the reader's keys; and whether the page around it can be believed as well. */
export async function verifyPageFile(bytes: Uint8Array, question: Question): Promise<Finding> {
  const text = dataOf(bytes);
  if (typeof text !== 'string') return text;
  const args = question.args === null ? null : printJson(question.args);
  const found = checkPage(text, { trust: question.trust, args });
  if (found.verdict !== 'valid') return refused(found.verdict, found.code, found.detail);
  const { head, index, checkpoint } = found.proven;
  const { data, checks } = found;
  if (args !== null && data.nonce === null) {
    return refused('undecidable', 'NONCE_MISSING', 'the page does not hold what opens the commitment');
  }
  const asked = checks.some(({ name, outcome }) => name === 'arguments' && outcome === 'passed');
  const what = asked ? 'for exactly these arguments' : 'arguments not asked';
  const finding = proven(
    {
      format: 'page',
      head,
      index,
      remember: { checkpoint },
      text: `a page: ${head.kind} ${head.id}; ${what}`,
    },
    question,
  );
  if (finding.verdict !== 'valid') return finding;
  const page = whoseOf(bytes, await readPageScripts().catch(() => null));
  return {
    ...finding,
    details: [...finding.details, WORDS[page]],
    json: { ...finding.json, page },
  };
}

const WORDS = {
  own: 'the page around it is, byte for byte, the one that this version of writ makes',
  other: 'the page around it is not the one that this version of writ makes: do not believe what it shows',
  unknown: 'the page around it was not compared: npm run page builds what that takes',
} as const;

function whoseOf(bytes: Uint8Array, scripts: PageScripts | null): keyof typeof WORDS {
  if (scripts === null) return 'unknown';
  return isOwnPage(bytes, scripts) ? 'own' : 'other';
}

function dataOf(bytes: Uint8Array): string | Finding {
  try {
    return readPage(bytes);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return refused(error.code === 'FORMAT_VERSION' ? 'undecidable' : 'invalid', error.code, error.detail);
  }
}
