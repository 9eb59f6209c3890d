import type { Brought, PageFinding } from '../check/check-page.ts';
import { element, field, show, write } from './elements.ts';
import { showFinding } from './show-finding.ts';

/** The text of the data, as it stands in the file. */
const data = element('data').textContent ?? '';

/** What the reader has brought so far. */
let brought: Brought = { trust: null, args: null };

function check(change: Partial<Brought>): PageFinding {
  brought = { ...brought, ...change };
  const finding = writVerifier.checkPage(data, brought);
  showFinding(finding);
  showKey(finding);
  showArguments(finding);
  return finding;
}

function showKey({ data: read, key }: PageFinding): void {
  show('key', read !== null);
  show('key-question', key === 'claimed');
  show('key-drop', key === 'pinned');
  if (read !== null) write('key-claimed', writVerifier.showAscii(read.vkey));
}

function showArguments({ data: read, verdict, key }: PageFinding): void {
  const opened = read?.args ?? null;
  const compared = opened !== null || brought.args !== null;
  const isValid = verdict === 'valid';
  show('arguments', read !== null && read.nonce !== null);
  show('arguments-shown', opened !== null && isValid);
  show('arguments-ask', opened === null);
  if (opened !== null) write('arguments-shown', isValid ? writVerifier.showText(opened) : '');
  const under = key === 'pinned' ? '' : ', as far as the key that it names goes';
  if (!compared) {
    write(
      'arguments-text',
      'This file holds what opens the commitment to the arguments, and not the arguments.',
    );
  } else if (isValid) {
    write('arguments-text', `The record is about exactly these arguments, byte for byte${under}:`);
  } else {
    write('arguments-text', 'Not shown, or not compared: a check has failed.');
  }
}

/** Keys from the reader alone. What is no key changes nothing, and says so. */
function useKey(): void {
  const pasted = field('key-own').value;
  try {
    const finding = check({ trust: writVerifier.readPinned(pasted) });
    answerKey(
      finding.verdict === 'valid' ? 'Your key has signed this.' : 'Under what you gave, it is not valid.',
    );
  } catch (error) {
    check({ trust: null });
    answerKey(
      `That is neither a verifier key nor a trust file (${codeOf(error)}). No key of yours is in use.`,
    );
  }
}

function answerKey(text: string): void {
  show('key-answer', text !== '');
  write('key-answer', text);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNEXPECTED';
}

element('key-use').addEventListener('click', useKey);
element('key-drop').addEventListener('click', () => {
  field('key-own').value = '';
  answerKey('');
  check({ trust: null });
});
element('arguments-use').addEventListener('click', () => {
  check({ args: field('arguments-own').value.trim() });
});
// What is folded away belongs on paper too.
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details')) one.open = true;
});
check({});
