import { postTo, textIn } from './ask-stage.ts';
import { element, input, madeButton, show, write } from './elements.ts';

type Hint = { readonly label: string; readonly typed: string };

const HINTS: readonly Hint[] = [
  ...['rm -rf ..', 'cat .env', 'cat README.md', 'curl https://example.com', 'sudo ls'].map((typed) => ({
    label: typed,
    typed,
  })),
  {
    label: 'a call as JSON',
    typed: '{"tool": "mail.send", "args": {"to": "ada@shop.example", "subject": "hello", "text": "hello"}}',
  },
];

/** What is typed is proposed; what became of it is then shown. */
export function openBox(onAnswered: (number: number) => void): void {
  const typed = input('typed');
  let isAsking = false;
  element('box').addEventListener('submit', (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void propose(typed.value, onAnswered).finally(() => {
      isAsking = false;
    });
  });
  element('hints').replaceChildren(
    ...HINTS.map((hint) =>
      madeButton('plain small mono', hint.label, () => {
        typed.value = hint.typed;
        typed.focus();
      }),
    ),
  );
}

async function propose(typed: string, onAnswered: (number: number) => void): Promise<void> {
  show('box-said', false);
  const said = await postTo('/proposals', { typed });
  const { number } = said.value;
  if (said.ok && typeof number === 'number') return onAnswered(number);
  write(element('box-said'), textIn(said));
  show('box-said', true);
}
