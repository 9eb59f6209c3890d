import type { HereDoc, Redirection } from 'unbash';
import { type Expanding, expandParts, expandWhole, expandWord } from './expand-word.ts';
import { type Input, onlyBash, opaque } from './reading.ts';
import { EMPTY, joinValues, literal, UNKNOWN, type Value } from './value.ts';
import { textOfWord, type Word } from './word.ts';

/** What redirections make of a command's input and output. */
export type Redirected = {
  readonly input: Input;
  /** Where the output goes; null where it stays. */
  readonly output: Target | null;
  /** The output goes where errors go, or nowhere. */
  readonly lost: boolean;
  /** Files that are opened and not written by what is known of the command. */
  readonly others: readonly Target[];
  readonly answers: boolean;
  /** Descriptors that `exec` leaves open. */
  readonly opened: ReadonlyMap<number, Value>;
};
export type Target = { readonly use: 'empty' | 'append'; readonly word: Word };

type Making = {
  input: Input;
  output: Target | null;
  lost: boolean;
  answers: boolean;
  readonly others: Target[];
  readonly opened: Map<number, Value>;
};

const NETWORK = /^\/dev\/(?:tcp|udp)\//;

export function readRedirections(all: readonly Redirection[], around: Expanding): Redirected {
  const making: Making = {
    input: around.input,
    output: null,
    lost: false,
    answers: false,
    others: [],
    opened: new Map(),
  };
  for (const one of all) readOne(one, around, making);
  return making;
}

function readOne(one: Redirection, around: Expanding, making: Making): void {
  const { reading } = around;
  const number = descriptorOf(one);
  if (number === null) opaque(reading);
  switch (one.type) {
    case 'HereDoc': {
      const { body, delimiter } = one;
      if (one.closing === undefined) opaque(reading);
      const quoted = delimiter?.quoted === true;
      const strips = one.operator === '<<-';
      const text = quoted
        ? literal(strips ? withoutTabs(body.text, true) : body.text)
        : openText(one, around);
      give(making, number ?? 0, text);
      return;
    }
    case 'HereString': {
      onlyBash(reading);
      const text = one.target === undefined ? UNKNOWN : expandWhole(one.target, around);
      give(making, number ?? 0, joinValues([text, literal('\n')]));
      return;
    }
    case 'Redirect': {
      if (one.target === undefined) return opaque(reading);
      const [word, ...more] = expandWord(one.target, around);
      if (word === undefined || more.length > 0) return opaque(reading);
      redirect(one.operator, number, word, around, making);
      return;
    }
    default:
      one satisfies never;
  }
}

/** Where the word that ends it stands without quotes, a backslash takes the meaning from some signs. */
function openText({ body: { parts, text }, operator }: HereDoc, around: Expanding): Value {
  const strips = operator === '<<-';
  if (parts === undefined) {
    const plain = strips ? withoutTabs(text, true) : text;
    return literal(plain.replaceAll(/\\([$`\\]|\n)/g, (_all, sign: string) => (sign === '\n' ? '' : sign)));
  }
  if (!strips) return expandParts(parts, around);
  const stripped = parts.map((part, at) =>
    part.type === 'Literal' ? { ...part, value: withoutTabs(part.value, at === 0) } : part,
  );
  return expandParts(stripped, around);
}

/** Tabs at the beginning of a line are none of the text. */
function withoutTabs(text: string, begins: boolean): string {
  const rest = text.replaceAll(/\n\t+/g, '\n');
  return begins ? rest.replace(/^\t+/, '') : rest;
}

function descriptorOf({ descriptor, operator }: Redirection): number | null {
  if (descriptor === undefined) return operator.startsWith('<') ? 0 : 1;
  return descriptor.type === 'FileDescriptor' ? descriptor.value : null;
}

function give(making: Making, number: number, value: Value): void {
  if (number === 0) making.input = value;
  else making.opened.set(number, value);
}

function redirect(
  operator: string,
  number: number | null,
  word: Word,
  around: Expanding,
  making: Making,
): void {
  const { reading, state } = around;
  const text = textOfWord(word);
  const duplicates = text !== null && /^(?:[0-9]+-?|-)$/.test(text);
  if ((operator === '>&' || operator === '<&') && duplicates) {
    duplicate(operator, number ?? 0, text, around, making);
    return;
  }
  if (operator === '&>' || operator === '&>>' || operator === '>&') onlyBash(reading);
  if (word.kind === 'literal' && NETWORK.test(word.text)) {
    onlyBash(reading);
    connect(operator, number, word, around, making);
    return;
  }
  if (operator === '<' || operator === '<&') {
    give(making, number ?? 0, reading.world.touch({ use: 'read', target: word, content: EMPTY, state }));
    return;
  }
  // Opened for both: what was there stays, but for what is written over it.
  if (operator === '<>') {
    give(making, number ?? 0, reading.world.touch({ use: 'read', target: word, content: EMPTY, state }));
    making.others.push({ use: 'append', word });
    return;
  }
  const target: Target = { use: operator.endsWith('>>') ? 'append' : 'empty', word };
  if (number === 1 || operator.startsWith('&')) {
    if (making.output !== null) making.others.push(making.output);
    making.output = target;
  } else making.others.push(target);
}

function duplicate(
  operator: string,
  number: number,
  text: string,
  { state }: Expanding,
  making: Making,
): void {
  const other = text === '-' ? null : Number(text.replace('-', ''));
  if (operator === '<&' || number === 0) {
    if (other !== null && number === 0) making.input = openedAs(other, state.descriptors, making) ?? UNKNOWN;
    return;
  }
  if (number !== 1) return;
  const opened = other === null ? undefined : openedAs(other, state.descriptors, making);
  if (opened?.from.includes('network') === true) making.answers = true;
  if (other !== 1) making.lost = true;
}

function openedAs(
  number: number,
  state: ReadonlyMap<number, Value>,
  { opened, input }: Making,
): Value | null | undefined {
  if (number === 0) return input;
  return opened.get(number) ?? state.get(number);
}

/** The shell itself opens a connection. */
function connect(
  operator: string,
  number: number | null,
  word: Word,
  around: Expanding,
  making: Making,
): void {
  const { reading, state } = around;
  const content = reading.world.touch({ use: 'read', target: word, content: EMPTY, state });
  if (operator === '<' || operator === '<>') give(making, number ?? 0, content);
  if (operator !== '<') {
    making.opened.set(number ?? 1, content);
    if (number === 1 || number === null || operator.startsWith('&') || operator === '>&')
      making.answers = true;
    making.output = { use: 'append', word };
  }
}
