import {
  commitPart,
  hashLeaves,
  loadTrust,
  type LogEntry,
  type LogOptions,
  type LogVerdict,
  makePart,
  printLogBatch,
  printLogEnd,
  printLogHeader,
  sha256Base64url,
  startLogVerification,
  verifyLog,
} from '@writ/proof';
import { bytesOf, decisionHead, digestOf, keyUse, LOG, noteOf, ORIGIN, type Signer } from '../small-cell.ts';

export const TRUST = loadTrust({ logs: [{ origin: ORIGIN, keys: [keyUse(LOG)], witnesses: null }] });

const stateOf = (index: number): string => makePart(digestOf(`salt of state ${index}`), `{"index":${index}}`);
const sealedOf = (index: number): string => makePart(digestOf(`salt of sealed ${index}`), '{"to":"Zoë"}');

export const entryOf = (index: number, seed = 0, withParts = false): LogEntry => {
  const parts = {
    state: commitPart(sha256Base64url, 'state', stateOf(index)),
    sealed: commitPart(sha256Base64url, 'sealed', sealedOf(index)),
  };
  const head = decisionHead(index, { parts, term: 3 + seed });
  return withParts
    ? { head, state: stateOf(index), sealed: sealedOf(index) }
    : { head, state: null, sealed: null };
};

export type LogShape = {
  readonly batches: readonly number[];
  readonly seed?: number;
  readonly parts?: boolean;
};

export const entriesOf = ({ batches, seed = 0, parts = false }: LogShape): LogEntry[][] => {
  let next = 0;
  return batches.map((count) => Array.from({ length: count }, () => entryOf(next++, seed, parts)));
};

/** An exported log as its cell would write it. */
export const exportOf = (batches: readonly (readonly LogEntry[])[], signer: Signer = LOG): string => {
  let text = printLogHeader(ORIGIN);
  const heads: string[] = [];
  for (const entries of batches) {
    const from = heads.length;
    heads.push(...entries.map(({ head }) => head));
    const hashes = hashLeaves(entries.map(({ head }) => head));
    text += printLogBatch({ from, note: noteOf(heads, signer), hashes, entries });
  }
  return text + printLogEnd(heads.length);
};

export const judge = (text: string | Uint8Array, options: LogOptions = {}, chunk = 65_536): LogVerdict => {
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  const verification = startLogVerification(TRUST, options);
  for (let at = 0; at < bytes.length; at += chunk) verification.push(bytes.slice(at, at + chunk));
  return verification.finish();
};

export const judgeTwice = (text: string, options: LogOptions = {}): Promise<LogVerdict> => {
  async function* open(): AsyncGenerator<Uint8Array> {
    yield* [bytesOf(text.slice(0, 500)), bytesOf(text.slice(500))];
    await Promise.resolve();
  }
  return verifyLog(open, TRUST, options);
};

/** The verdict in short: its code and place. */
export const said = (verdict: LogVerdict): string => {
  switch (verdict.verdict) {
    case 'valid':
      return `valid, completeness ${verdict.completeness}`;
    case 'undecidable':
      return `undecidable ${verdict.code}`;
    case 'invalid': {
      const { place } = verdict;
      const where =
        place.kind === 'file'
          ? 'file'
          : place.kind === 'index'
            ? `at ${place.index}`
            : `in ${place.from}..${place.to}`;
      return `invalid ${verdict.code} ${where}`;
    }
    default:
      return verdict satisfies never;
  }
};
