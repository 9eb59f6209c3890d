import type { WireProven } from '@writ/contract/api';
import type { EntryDetail } from '../entry.ts';
import { element, input, made, madeButton, show, write } from './elements.ts';

type Finding = ReturnType<typeof writVerifier.checkPage>;
type Check = Finding['checks'][number];

const MEANING: Readonly<Record<Check['name'], string>> = {
  file: 'the record and its proof can be read',
  proof: 'the proof and its checkpoint are well formed',
  origin: 'the checkpoint is of the log that your key speaks for',
  signature: 'your key has signed the checkpoint',
  witnesses: 'witnesses have signed it too: your key asks for none',
  inclusion: 'the signed tree holds exactly this record, at this index',
  record: 'the record is well formed, byte for byte',
  arguments: 'it is about exactly the arguments that are shown here',
};

const OUTCOMES: Readonly<Record<Check['outcome'], readonly [tone: string, word: string]>> = {
  passed: ['good', '✓ passed'],
  failed: ['bad', '✗ failed'],
  not_asked: ['faint', '– not asked'],
  not_reached: ['faint', '– not reached'],
};

/** The records of an entry, each with a button that checks its proof here. */
export function showRecords(entry: EntryDetail): void {
  const records = [
    ['the decision', entry.proven],
    ['the spend', entry.spent],
    ['the outcome', entry.outcome],
  ] as const;
  const presses = records.flatMap(([name, proven]) => {
    if (proven === null) return [];
    const onPress = (): void => {
      showBytes(proven);
      verify(entry, proven);
    };
    return [madeButton('', `Verify ${name}, record ${proven.index}`, onPress)];
  });
  const none = made('span', 'faint', 'There is none yet.');
  element('detail-records').replaceChildren(...(presses.length > 0 ? presses : [none]));
  show('verified', false);
  showBytes(entry.proven);
}

function showBytes(proven: WireProven | null): void {
  element('detail-head').textContent = writVerifier.showAscii(proven?.head ?? '');
  element('detail-proof').textContent = writVerifier.showAscii(proven?.proof ?? '');
}

/** Checked by this browser, under the key in the field and nothing of the proof's own. */
function verify({ args, nonce, proven: decision }: EntryDetail, { head, proof, index }: WireProven): void {
  const opened = decision?.index === index && nonce !== null ? { nonce, args } : { nonce: null, args: null };
  try {
    const vkey = input('key').value.trim();
    const trust = writVerifier.readPinned(vkey);
    const data = writVerifier.printPageData({ head, proof, vkey, ...opened });
    say(writVerifier.checkPage(data, { trust, args: null }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
    fill('bad', `Not checked: what you pinned is no key (${code})`, []);
  }
}

function say(finding: Finding): void {
  if (finding.verdict !== 'valid') {
    return fill('bad', `Not valid: ${finding.code}, ${finding.detail}`, finding.checks);
  }
  const { index, checkpoint } = finding.proven;
  const where = `record ${index} of a signed tree of ${checkpoint.size}`;
  fill('good', `Verified in this browser: ${where}, under the key that you pin`, finding.checks);
}

function fill(tone: string, text: string, checks: readonly Check[]): void {
  show('verified', true);
  element('verified-title').className = `verdict ${tone}`;
  write(element('verified-title'), text);
  const lines = checks.map(({ name, outcome }) => {
    const [look, word] = OUTCOMES[outcome];
    const line = made('li', look, '');
    line.append(made('span', 'word', word), made('span', '', MEANING[name]));
    return line;
  });
  element('verified-checks').replaceChildren(...lines);
}
