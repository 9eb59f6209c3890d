import { isId, type JsonValue, parseJson, printJson } from '@writ/proof';
import { type ClientHome, openClientHome } from './client-home.ts';
import { readInput } from '../files/read-input.ts';
import { replaceFile } from '../files/replace-file.ts';
import { CliFailure } from '../program/failure.ts';

/**
 * Handles for ids that were minted here, so that people can name them. The names themselves are sealed in the
 * store; a handle is a word, never a person's address.
 */
export type AddressBook = {
  /** The log of the cell on this machine: another one takes its place by a recovery, never unnoticed. */
  readonly origin: string;
  readonly ns: string;
  readonly principals: readonly { readonly name: string; readonly id: string; readonly kind: string }[];
};

const FORMAT = 'writ-names/v1';
const BOOK_BYTES_MAX = 1_048_576;
export const HANDLE: RegExp = /^[a-z0-9][a-z0-9._-]{0,62}$/;

export async function readBook(home: ClientHome): Promise<AddressBook | null> {
  try {
    return parseBook(parseJson(await readInput(home.names, BOOK_BYTES_MAX)));
  } catch (error) {
    if (error instanceof CliFailure && error.code === 'INPUT_MISSING') return null;
    throw damaged(home);
  }
}

export async function writeBook(home: ClientHome, book: AddressBook): Promise<void> {
  await openClientHome(home);
  const principals = book.principals.map(({ name, id, kind }) => ({ name, id, kind }));
  await replaceFile(
    home.names,
    `${printJson({ format: FORMAT, origin: book.origin, ns: book.ns, principals })}\n`,
  );
}

/** An id as it is, or the id of a handle. */
export function idOf(book: AddressBook, name: string): string {
  const known = book.principals.find((principal) => principal.name === name);
  if (known !== undefined) return known.id;
  if (isId(name)) return name;
  throw new CliFailure('NAME_UNKNOWN', 'no such principal: see writ principal list');
}

/** The handle of an id that has one. */
export function handleOf(book: AddressBook, id: string): string {
  const known = book.principals.find((principal) => principal.id === id);
  if (known !== undefined) return known.name;
  throw new CliFailure('NAME_UNKNOWN', 'this client has no name for it: see writ principal list');
}

/** Who acts when nobody is named: the only one of that kind. */
export function onlyOne(book: AddressBook, kind: string, option: '--as' | '--of' = '--as'): string {
  const [first, second] = book.principals.filter((principal) => principal.kind === kind);
  if (first === undefined) throw new CliFailure('NAME_UNKNOWN', `there is no ${kind}: writ principal add`);
  if (second !== undefined)
    throw new CliFailure('NAME_UNKNOWN', `there are several of kind ${kind}: use ${option}`);
  return first.id;
}

function damaged({ names }: ClientHome): CliFailure {
  return new CliFailure('NAMES_DAMAGED', `${names} is damaged: restore it, or use ids and remove it`);
}

function parseBook(value: JsonValue): AddressBook {
  const { format, origin, ns, principals } = membersOf(value);
  if (format !== FORMAT || typeof origin !== 'string' || !isId(ns) || !Array.isArray(principals))
    throw new TypeError('another format');
  return { origin, ns, principals: principals.map(parseEntry) };
}

function parseEntry(value: JsonValue): AddressBook['principals'][number] {
  const { name, id, kind } = membersOf(value);
  if (typeof name !== 'string' || !HANDLE.test(name) || !isId(id) || typeof kind !== 'string') {
    throw new TypeError('not an entry');
  }
  return { name, id, kind };
}

function membersOf(value: JsonValue): Readonly<Record<string, JsonValue | undefined>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('not an object');
  // An object of JSON: arrays and null were just excluded, which the read-only array type hides.
  return value as Readonly<Record<string, JsonValue>>;
}
