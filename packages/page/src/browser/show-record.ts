import type { Proven } from '../check/check-page.ts';
import { element, made, show, write } from './elements.ts';

/** Members in the order in which a reader asks for them; whatever else a head has follows by its own name. */
const LABELS: readonly (readonly [member: string, label: string])[] = [
  ['kind', 'Kind'],
  ['verdict', 'Verdict'],
  ['code', 'Code'],
  ['status', 'Status'],
  ['state', 'State'],
  ['scope', 'Scope'],
  ['change', 'Change'],
  ['reason', 'Reason'],
  ['subject', 'Subject'],
  ['id', 'Id'],
  ['on', 'Concerns'],
  ['executor', 'Executor'],
  ['attested_by', 'Attested by'],
  ['proof_of_person', 'Proof of person'],
  ['ns', 'Namespace'],
  ['time', 'Recorded'],
  ['expires_at', 'Expires'],
  ['reasons', 'Reasons, counted'],
  ['obligations', 'Obligations'],
  ['wall', 'Wall of the executor'],
  ['ticket', 'Ticket'],
  ['args', 'Arguments, committed'],
  ['tool', 'Tool, blinded'],
  ['target', 'Target, blinded'],
  ['policy', 'Policy, blinded'],
  ['engine', 'Engine, by digest'],
  ['decided_at', 'Decided in record'],
  ['state_hash', 'State it was decided on'],
  ['attempt', 'Attempt, as a tag'],
  ['cnf', 'Key of the executor'],
  ['term', 'Term of the cell'],
];

const TIMES: ReadonlySet<string> = new Set(['time', 'expires_at', 'from', 'to']);
/** Words that are read; all else is compared, and stands in a type in which letters differ. */
const WORDS: ReadonlySet<string> = new Set([
  'kind',
  'status',
  'state',
  'scope',
  'change',
  'reason',
  'subject',
]);

export function showRecord(proven: Proven | null): void {
  show('record', proven !== null);
  const members = element('record-members');
  members.replaceChildren();
  if (proven === null) return;
  const { head, index, checkpoint } = proven;
  write('record-sentence', sentenceOf(head));
  const add = (label: string, value: string, name: string): void =>
    members.append(made('dt', '', label), made('dd', name, writVerifier.showAscii(value)));
  const { parts, ...own } = head;
  const rest = new Map<string, unknown>(Object.entries(own));
  for (const [member, label] of LABELS) {
    if (!rest.has(member)) continue;
    add(label, valueOf(member, rest.get(member)), WORDS.has(member) || TIMES.has(member) ? '' : 'mono');
    rest.delete(member);
  }
  add('Log', checkpoint.origin, 'mono');
  add('Record', `${index} of a signed tree of ${checkpoint.size}`, '');
  for (const [part, digest] of Object.entries(parts)) rest.set(`parts.${part}`, digest);
  for (const [member, value] of rest) add(member, valueOf(member, value), TIMES.has(member) ? '' : 'mono');
}

function valueOf(member: string, value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'number' && TIMES.has(member)) return writVerifier.printTime(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function sentenceOf(head: Proven['head']): string {
  switch (head.kind) {
    case 'decision':
      return `An action was judged: ${head.verdict}, with the code ${head.code}.`;
    case 'release':
      return `An action was judged again after people answered: ${head.verdict}, with the code ${head.code}.`;
    case 'commit':
      return 'A permission was spent, once: this executor was to run the action then.';
    case 'outcome':
      return `The run of an action was reported as ${head.status}, by a ${head.attested_by}.`;
    case 'refusal':
      return `A request was refused, with the code ${head.code}.`;
    case 'approval':
    case 'denial':
      return `A person answered a ticket, with proof ${head.proof_of_person}; it is ${head.state} now.`;
    case 'freeze':
      return `Everything in this scope is refused from here on: ${head.scope}.`;
    case 'thaw':
      return `The freeze of this scope is over: ${head.scope}.`;
    case 'erase':
      return `Sealed content was erased: of one ${head.subject}.`;
    case 'namespace':
    case 'principal':
    case 'tool':
    case 'policy':
    case 'credential':
      return `What governs changed: ${head.kind}, ${head.change}.`;
    case 'questions':
      return head.change === 'open'
        ? 'Somebody began to ask what would be allowed.'
        : 'It was counted how often somebody asked what would be allowed.';
    case 'genesis':
    case 'term':
    case 'clock':
    case 'engine':
    case 'key':
    case 'snapshot':
    case 'quarantine':
    case 'tick':
      return `The log keeps its own affairs: ${head.kind}.`;
    default:
      return head satisfies never;
  }
}
