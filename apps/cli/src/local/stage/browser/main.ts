import type { CellView, EntryDetail, StageEvent } from '../entry.ts';
import { getFrom, postTo, textIn } from './ask-stage.ts';
import { element, input, show, write } from './elements.ts';
import { openBox } from './open-box.ts';
import { showDetail } from './show-detail.ts';
import { openExhibitCards } from './show-exhibits.ts';
import { showRecords } from './show-proof.ts';
import { openTimeline } from './show-timeline.ts';

const TONES: Readonly<Record<CellView['state'], string>> = {
  starting: 'warn',
  serving: 'good',
  stopped: 'warn',
  refused: 'bad',
};

const timeline = openTimeline((number) => void choose(number, true));
const cards = openExhibitCards();
let chosen = 0;
/** Answers may overtake each other: only that to the newest question counts. */
let questions = 0;
/** Somebody chose it; what the stage says of it meanwhile does not take that back. */
let isByHand = false;

openBox((number) => void choose(number, true));
element('agent').addEventListener('click', () => {
  void postTo('/agent', {}).then((said) => {
    show('agent-said', !said.ok);
    if (!said.ok) write(element('agent-said'), textIn(said));
  });
});

const events = new EventSource('/events');
events.addEventListener('message', ({ data }) => {
  // What the stage of this very page sends.
  if (typeof data === 'string') hear(JSON.parse(data) as StageEvent);
});
events.addEventListener('error', () => sayCell('bad', 'no stage', 'it was stopped, or does not answer'));

function hear(event: StageEvent): void {
  switch (event.kind) {
    case 'all':
      timeline.clear();
      if (input('key').value === '') input('key').value = event.about.vkey;
      showCell(event.cell);
      for (const entry of event.entries) timeline.put(entry);
      for (const exhibit of event.exhibits) cards.put(exhibit);
      return timeline.mark(chosen);
    case 'cell':
      return showCell(event.cell);
    case 'entry':
      timeline.put(event.entry);
      if (event.entry.number === chosen) void choose(chosen, false);
      return;
    case 'exhibit':
      return cards.put(event.exhibit);
    default:
      return event satisfies never;
  }
}

function showCell({ state, text }: CellView): void {
  sayCell(TONES[state], `cell ${state}`, text);
}

function sayCell(tone: string, state: string, text: string): void {
  element('cell').className = `pill ${tone}`;
  write(element('cell-state'), state);
  write(element('cell-text'), text);
}

async function choose(number: number, byHand: boolean): Promise<void> {
  chosen = number;
  isByHand ||= byHand;
  questions += 1;
  const question = questions;
  timeline.mark(number);
  const said = await getFrom(`/entries/${number}`);
  if (question !== questions || !said.ok) return;
  const entry = said.value as EntryDetail; // what the stage of this very page sends
  showDetail(entry);
  showRecords(entry);
  // On a phone it stands below everything that can be chosen.
  if (isByHand && matchMedia('(max-width: 60rem)').matches) element('detail-title').focus();
  isByHand = false;
}
