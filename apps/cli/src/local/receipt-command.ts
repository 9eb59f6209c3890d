import { type Cell, proveRecord } from '@writ/cell';
import { buildPage, type PageData } from '@writ/page';
import {
  commitArgsText,
  encodeBase64url,
  encodeUtf8,
  type Head,
  isId,
  parseHead,
  parseJson,
  printJson,
} from '@writ/proof';
import { readPageScripts } from '../files/page-scripts.ts';
import { readInput } from '../files/read-input.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Call, Run } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { good } from '../terminal/line.ts';
import { withStore } from './store.ts';

/** An action has few records: decision, releases, commit and outcomes. */
const RECORDS_OF_ACTION_MAX = 64;
const ARGS_BYTES_MAX = 1_048_576;
const INDEX = /^(?:0|[1-9][0-9]{0,14})$/;

/** One record as a page that verifies itself (spec/12-page.md). */
export const run: Run = async (call) => {
  const [record = ''] = call.operands;
  if (!INDEX.test(record) && !isId(record)) {
    throw new CliFailure('USAGE', 'an index of the log or the id of an action is wanted');
  }
  const path = call.text('args');
  const args = path === null ? null : printJson(parseJson(await readInput(path, ARGS_BYTES_MAX)));
  const scripts = await readPageScripts();
  const { data, head, index } = await withStore(call, ({ cell }) => readRecord(cell, record, args, call));
  const page = buildPage(data, scripts);
  const out = call.text('out');
  if (out !== null) await writePage(out, page);
  const told = { index, id: head.id, kind: head.kind, file: out };
  return {
    exit: 0,
    lines: out === null ? [] : [good(`record ${index}, ${head.kind} ${head.id}, is in ${quoteText(out)}`)],
    ...(out === null ? { raw: page } : {}),
    json: { exit: 0, ...told, page: out === null ? page : null },
  };
};

type Read = { readonly data: PageData; readonly head: Head; readonly index: number };

async function readRecord(cell: Cell, record: string, args: string | null, call: Call): Promise<Read> {
  const index = isId(record) ? await indexOfAction(cell, record) : Number(record);
  const { size } = cell.running.head().frontier;
  if (index >= size) throw new CliFailure('RECORD_UNKNOWN', `the log has ${size} records`, 1);
  const { head: text, proof } = await proveRecord(cell, index);
  const head = parseHead(encodeUtf8(text));
  const nonce = args !== null || call.flag('nonce') ? nonceOf(cell, head, args) : null;
  return { data: { head: text, proof, vkey: cell.settings.vkey, nonce, args }, head, index };
}

/** Its commit, which says that it was to run; else the last verdict on it. */
async function indexOfAction(cell: Cell, id: string): Promise<number> {
  const { rows } = await cell.followers.projections.query(
    {
      kind: 'records',
      ns: null,
      record_kind: null,
      id,
      verdict: null,
      code: null,
      from_ms: null,
      to_ms: null,
      before: null,
      limit: RECORDS_OF_ACTION_MAX,
    },
    { min_index: cell.running.durableSize() - 1 },
  );
  const commit = rows.find(({ kind }) => kind === 'commit');
  const found = commit ?? rows.find(({ kind }) => kind === 'release' || kind === 'decision');
  if (found !== undefined) return found.index;
  throw new CliFailure('RECORD_UNKNOWN', 'no action of that id was judged here', 1);
}

/** What opens the commitment to the arguments; a page that shows others than the record's is not made. */
function nonceOf(cell: Cell, head: Head, args: string | null): string {
  if (!('args' in head)) throw new CliFailure('ARGS_MISMATCH', `a ${head.kind} is about no arguments`, 1);
  const nonce = cell.hashes(head.ns).nonce(head.id);
  if (args !== null && commitArgsText(nonce, args) !== head.args) {
    throw new CliFailure('ARGS_MISMATCH', 'the record is about other arguments', 1);
  }
  return encodeBase64url(nonce);
}

async function writePage(path: string, page: string): Promise<void> {
  try {
    await replaceFile(path, page);
  } catch {
    throw new CliFailure('OUTPUT_UNWRITABLE', `${quoteText(path)} cannot be written: nothing was changed`);
  }
}
