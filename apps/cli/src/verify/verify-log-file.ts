import {
  type HeldCheckpoint,
  type LogOptions,
  type LogPlace,
  type LogVerdict,
  type Memory,
  type Trust,
  verifyLog,
} from '@writ/proof';
import { type Finding, refused } from './finding.ts';
import type { Subject } from './subject.ts';

export type LogQuestion = {
  readonly trust: Trust;
  readonly memory: Memory;
  readonly against: readonly HeldCheckpoint[];
  readonly require_complete: boolean;
  progress(text: string): void;
};

/** Long enough that short logs say nothing on the way. */
const PROGRESS_EACH = 100_000;

export async function verifyLogFile(
  subject: Extract<Subject, { readonly format: 'log' }>,
  question: LogQuestion,
): Promise<Finding> {
  const { trust, memory, against, require_complete } = question;
  const options: LogOptions = {
    memory,
    against,
    requireComplete: require_complete,
    checkpoints: subject.again ? 'last' : 'every',
    heads: 'parsed',
  };
  let told = 0;
  const verdict = await verifyLog(subject.open, trust, options, (size) => {
    if (size < told + PROGRESS_EACH) return;
    told = size;
    question.progress(`verified ${size} records`);
  });
  return findingOf(verdict);
}

function findingOf(verdict: LogVerdict): Finding {
  switch (verdict.verdict) {
    case 'valid':
      return valid(verdict);
    case 'invalid': {
      const where = placeOf(verdict.place);
      return refused('invalid', verdict.code, `${where}${verdict.detail}`, { place: verdict.place });
    }
    case 'undecidable':
      return refused('undecidable', verdict.code, verdict.detail);
    default:
      return verdict satisfies never;
  }
}

function valid(verdict: Extract<LogVerdict, { readonly verdict: 'valid' }>): Finding {
  const { size, origin, checked, completeness, complete_to, remember } = verdict;
  const complete =
    complete_to === null
      ? 'completeness unknown: no checkpoint of this log was held before, so a cut end could not be seen'
      : `complete up to record ${complete_to}, by a checkpoint that was held before`;
  return {
    verdict: 'valid',
    text: `a log: ${size} records of ${origin}`,
    details: [complete, `with ${checked.states} state parts and ${checked.sealed} sealed parts`],
    json: { verdict: 'valid', format: 'log', origin, size, completeness, complete_to, checked },
    checkpoint: remember.checkpoint,
    records: `${size}`,
  };
}

function placeOf(place: LogPlace): string {
  switch (place.kind) {
    case 'file':
      return '';
    case 'index':
      return `record ${place.index}: `;
    case 'range':
      return place.to === null
        ? `from record ${place.from} on: `
        : `records ${place.from} to ${place.to - 1}: `;
    default:
      return place satisfies never;
  }
}
