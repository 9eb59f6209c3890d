import type { EntryDetail, GateView, OperatorView } from '../entry.ts';
import { element, made, show, write } from './elements.ts';
import { runOf, standingOf } from './standing.ts';

const RISK_ONE = 1_000_000;

/** All of one entry but its proof. */
export function showDetail(entry: EntryDetail): void {
  element('detail').dataset['entry'] = `${entry.number} ${entry.state}`;
  show('detail-empty', false);
  show('detail-body', true);
  const { word, tone } = standingOf(entry);
  write(element('detail-title'), `${entry.by === 'you' ? 'Your proposal' : 'The agent'}: ${word}`);
  write(element('detail-what'), entry.words === null ? `${entry.tool} ${entry.args}` : entry.what);
  const words = entry.words?.map((one) => `[${one}]`).join(' ');
  write(element('detail-words'), words === undefined ? `why: ${entry.why}` : `words: ${words}`);
  element('detail-verdict').className = `verdict ${tone}`;
  const said = [entry.verdict, entry.code, entry.text].filter((one) => one !== null && one !== '');
  write(element('detail-verdict'), said.length === 0 ? word : said.join(' · '));
  show('detail-run', entry.run !== null);
  write(element('detail-run-text'), runOf(entry));
  const output = entry.run?.output ?? '';
  show('detail-output', output !== '');
  write(element('detail-output'), output);
  showUnderstanding(entry);
  showGates(entry);
  showReasons(entry);
}

function showUnderstanding({ operator, state }: EntryDetail): void {
  const missing = state === 'asking' ? 'The cell is at work.' : 'Nothing of it could be opened.';
  const opened =
    'From the sealed part of the record, as it was recorded; its digest is the one in the record.';
  write(element('detail-source'), operator === null ? missing : opened);
  const rows = operator === null ? [] : rowsOf(operator);
  element('detail-understanding').replaceChildren(
    ...rows.flatMap(([name, value]) => [made('dt', '', name), made('dd', '', value)]),
  );
}

function rowsOf({ understanding }: OperatorView): readonly (readonly [string, string])[] {
  const { effects, resources, findings, reversibility, risk } = understanding;
  const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '));
  return [
    ['effects', list(effects)],
    ['resources', list(resources.map(({ kind, name }) => `${kind} ${name}`))],
    ['findings', list(findings.map(({ code, where }) => (where === '' ? code : `${code} at ${where}`)))],
    ['reversibility', reversibility.replaceAll('_', ' ')],
    ['risk', `${Math.round((risk / RISK_ONE) * 100)} of 100`],
  ];
}

function showGates({ gates, operator, state }: EntryDetail): void {
  const empty = state === 'asking' ? 'Not yet.' : 'It was refused before it was judged.';
  const lines = gates.map((gate) => lineOfGate(gate, operator));
  element('detail-gates').replaceChildren(...(lines.length > 0 ? lines : [made('p', 'faint', empty)]));
}

/** A gate says ALLOW only where a rule of the policy does; else it has something against it, or nothing. */
function lineOfGate({ gate, name, not_evaluated, codes }: GateView, operator: OperatorView | null) {
  const verdicts = (operator?.reasons ?? [])
    .filter((reason) => reason.gate === gate)
    .map(({ verdict, code, rule }) => `${verdict} ${code}${rule === null ? '' : ` (rule ${rule})`}`);
  const said = [...new Set(verdicts.length > 0 ? verdicts : codes)];
  const against = codes.some((code) => code !== 'ALLOWED');
  const skipped = not_evaluated === null ? null : `not asked: ${not_evaluated.replaceAll('_', ' ')}`;
  const text = skipped ?? (said.length === 0 ? 'nothing against it' : said.join(', '));
  const blocks = verdicts.some((one) => one.startsWith('BLOCK'));
  const line = made(
    'li',
    not_evaluated !== null ? 'faint' : against ? (blocks ? 'bad' : 'warn') : 'good',
    '',
  );
  line.append(made('span', 'faint', String(gate)), made('span', '', name), made('span', 'word', text));
  return line;
}

function showReasons({ reasons, operator }: EntryDetail): void {
  const told = reasons.map(({ code, text }) => `${code}: ${text}`);
  const seen = (operator?.reasons ?? []).map((reason) => {
    const rule = reason.rule === null ? '' : ` by rule ${reason.rule}`;
    const lift = reason.lift === null ? '' : `, by ${reason.lift.quorum} with proof ${reason.lift.needs}`;
    const says = `gate ${reason.gate} says ${reason.verdict} ${reason.code}${rule}`;
    return `${says}: ${reason.text} (${reason.class}${lift})`;
  });
  fillList('detail-agent', told);
  fillList('detail-operator', seen);
}

function fillList(id: string, texts: readonly string[]): void {
  const lines = [...new Set(texts)].map((text) => made('li', '', text));
  element(id).replaceChildren(...(lines.length > 0 ? lines : [made('li', 'faint', 'nothing')]));
}
