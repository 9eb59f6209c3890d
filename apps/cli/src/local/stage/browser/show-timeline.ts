import type { EntryView } from '../entry.ts';
import { element, made, show, write } from './elements.ts';
import { runOf, standingOf } from './standing.ts';

/** As many as the stage keeps. */
const LINES_MAX = 200;

/** Entries by number, the newest first. */
export function openTimeline(onChoose: (number: number) => void) {
  const lines = new Map<number, HTMLButtonElement>();
  const list = element('timeline');
  const place = (number: number): HTMLButtonElement => {
    const choice = document.createElement('button');
    choice.type = 'button';
    choice.addEventListener('click', () => onChoose(number));
    const line = document.createElement('li');
    line.append(choice);
    list.prepend(line);
    lines.set(number, choice);
    if (lines.size > LINES_MAX) {
      list.lastElementChild?.remove();
      lines.delete(Math.min(...lines.keys()));
    }
    return choice;
  };
  return {
    clear(): void {
      lines.clear();
      list.replaceChildren();
    },
    put(entry: EntryView): void {
      show('timeline-empty', false);
      fill(lines.get(entry.number) ?? place(entry.number), entry);
    },
    mark(number: number): void {
      for (const [at, choice] of lines) choice.setAttribute('aria-current', String(at === number));
    },
  };
}

function fill(choice: HTMLButtonElement, entry: EntryView): void {
  const { word, tone } = standingOf(entry);
  choice.className = tone;
  const what = made('span', 'mono', '');
  write(what, entry.by === 'you' ? `you: ${entry.what}` : entry.what);
  const code = entry.verdict === 'ALLOW' ? '' : entry.code;
  const record = entry.index === null ? '' : `record ${entry.index}`;
  const why = entry.by === 'you' ? '' : entry.why;
  const note = [code, runOf(entry), record, why].filter((one) => one !== '').join(' · ');
  choice.replaceChildren(made('span', 'word', word), what, made('span', 'note', note));
}
