import type { Check, CheckName, PageFinding } from '../check/check-page.ts';
import { element, made, show, write } from './elements.ts';
import { showRecord } from './show-record.ts';

const MEANING: Readonly<Record<CheckName, string>> = {
  file: 'The data of this file can be read',
  proof: 'The proof and its checkpoint can be read',
  origin: 'The checkpoint is of the log that the key speaks for',
  signature: 'The key has signed the checkpoint, and is good for this tree size',
  witnesses: 'Enough witnesses have signed it too',
  inclusion: 'The signed tree holds exactly this record, at this index',
  record: 'The record is well formed, byte for byte',
  arguments: 'The record is about exactly these arguments',
};

/** Shows what the checks came to. Of a record that they refused, nothing is shown but its bytes. */
export function showFinding(finding: PageFinding): void {
  showVerdict(finding);
  showChecks(finding);
  showRecord(finding.verdict === 'valid' ? finding.proven : null);
  showBytes(finding);
}

/** Why a check is not made, where that is in the reader's hand. */
const NOT_ASKED: Partial<Record<CheckName, string>> = {
  witnesses: 'No witnesses are asked for by the keys in use',
  arguments: 'No arguments are at hand to compare with what the record commits to',
};

function showVerdict(finding: PageFinding): void {
  const { tone, title, text } = verdictOf(finding);
  element('verdict').className = tone;
  write('verdict-title', title);
  write('verdict-text', text);
}

function verdictOf(finding: PageFinding): {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
} {
  if (finding.verdict === 'valid') {
    const { index, checkpoint } = finding.proven;
    const origin = writVerifier.showAscii(checkpoint.origin);
    const where = `record ${index} of the log ${origin}, in a signed tree of ${checkpoint.size}`;
    return finding.key === 'pinned'
      ? { tone: 'good', title: 'Valid, under a key that you pinned', text: `This is ${where}.` }
      : {
          tone: 'warn',
          title: 'Valid under the key it names; key not pinned',
          text: `By its own account this is ${where}. Whether that key is the log's own, only you can tell.`,
        };
  }
  const invalid = finding.verdict === 'invalid';
  return {
    tone: invalid ? 'bad' : 'warn',
    title: `${invalid ? 'Not valid' : 'Cannot be decided'}: ${finding.code}`,
    text: `${finding.detail}. Nothing that this file says of the record is shown, but for its bytes.`,
  };
}

function showChecks(finding: PageFinding): void {
  show('checks', true);
  const code = finding.verdict === 'valid' ? '' : finding.code;
  element('checks-list').replaceChildren(...finding.checks.map((check) => itemOf(check, code)));
}

function itemOf({ name, outcome }: Check, code: string): HTMLElement {
  const [tone, word] = OUTCOMES[outcome];
  const item = made('li', tone, '');
  item.dataset['check'] = name;
  const why = outcome === 'failed' ? `: ${code}` : '';
  const meaning = (outcome === 'not_asked' ? NOT_ASKED[name] : undefined) ?? MEANING[name];
  item.append(made('span', 'outcome', word), made('span', '', `${meaning}${why}`));
  return item;
}

const OUTCOMES: Readonly<Record<Check['outcome'], readonly [tone: string, word: string]>> = {
  passed: ['good', '\u2713 passed'],
  failed: ['bad', '\u2717 failed'],
  not_asked: ['faint', '\u2013 not asked'],
  not_reached: ['faint', '\u2013 not reached'],
};

function showBytes({ data }: PageFinding): void {
  show('bytes', data !== null);
  if (data === null) return;
  write('bytes-head', writVerifier.showAscii(data.head));
  write('bytes-leaf', writVerifier.leafHashOf(data.head));
  write('bytes-proof', writVerifier.showAscii(data.proof));
}
