import type { ExhibitName, ExhibitView } from '../entry.ts';
import { postTo, textIn } from './ask-stage.ts';
import { element, made, madeButton, write } from './elements.ts';

type Words = { readonly title: string; readonly text: string; readonly press: string };

const CARDS: Readonly<Record<ExhibitName, Words>> = {
  tamper: {
    title: 'Tamper',
    text: 'One byte of the log on disk becomes another, in the last refusal. Then it is put back.',
    press: 'Change a byte',
  },
  forge: {
    title: 'Forge',
    text: 'Run without a writ, use one for something else, edit a receipt, show a good one twice.',
    press: 'Try to get past it',
  },
  kill: {
    title: 'kill -9',
    text: 'The cell dies in the middle of load. Is every acknowledged record there when it is back?',
    press: 'Kill the cell',
  },
};

const MARK = { plain: '', good: '✓ ', bad: '✗ ' } as const;

type Card = { readonly press: HTMLButtonElement; readonly lines: HTMLElement };

/** One card for each exhibit, told about as it happens. One at a time. */
export function openExhibitCards() {
  const cards = new Map<ExhibitName, Card>();
  const busy = new Set<ExhibitName>();
  const cardOf = (name: ExhibitName): Card => {
    const card = cards.get(name) ?? makeCard(name);
    cards.set(name, card);
    return card;
  };
  return {
    put({ name, state, lines }: ExhibitView): void {
      if (state === 'running') busy.add(name);
      else busy.delete(name);
      const card = cardOf(name);
      card.lines.dataset['state'] = state;
      card.lines.replaceChildren(...lines.map(({ tone, text }) => lineOf(tone, text)));
      for (const { press } of cards.values()) press.disabled = busy.size > 0;
    },
  };
}

function makeCard(name: ExhibitName): Card {
  const { title, text, press: label } = CARDS[name];
  const lines = made('ol', '', '');
  lines.id = `lines-${name}`;
  lines.setAttribute('aria-live', 'polite');
  const press = madeButton('', label, () => void begin(name, lines));
  press.id = `press-${name}`;
  const card = made('div', 'card', '');
  card.append(made('h3', '', title), made('p', 'faint', text), press, lines);
  element('exhibits').append(card);
  return { press, lines };
}

function lineOf(tone: keyof typeof MARK, text: string): HTMLElement {
  const line = made('li', tone, '');
  const said = made('span', tone === 'plain' ? '' : 'word', '');
  write(said, `${MARK[tone]}${text}`);
  line.append(said);
  return line;
}

async function begin(name: ExhibitName, lines: HTMLElement): Promise<void> {
  const said = await postTo(`/exhibits/${name}`, {});
  if (!said.ok) lines.replaceChildren(lineOf('bad', textIn(said)));
}
