// `order`: under strace, each answer of a cell follows the syncs of what it stands on.
//
// An answer names the head of its record. The row with that head must have been written to the journal and
// synced through the descriptor that wrote it, and the sealed part of the record before that, each to its own
// file, before the write that says the answer began.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsed } from '../../apps/cell/test/crash/read-store.ts';
import { answersIn, traceCell } from './cell-trace.mjs';

const ACTIONS_SHORT = 120;
const ACTIONS_LONG = 2_000;
const SHOWN_MAX = 3;

const JOURNAL = /\/journal\.sqlite(?:-wal)?$/;
const SEGMENT = /\.parts$/;
/** Salts and digests as heads spell them. */
const TOKENS = /[A-Za-z0-9_-]{22,}/g;

/**
 * Where each salt and digest was first written to the journal. A page may cut a token: then it is not here.
 */
const tokensOf = (calls) => {
  const found = new Map();
  for (const call of calls) {
    if (call.kind !== 'write' || !JOURNAL.test(call.path)) continue;
    for (const [token] of call.bytes.toString('latin1').matchAll(TOKENS)) {
      if (!found.has(token)) found.set(token, call);
    }
  }
  return found;
};

const findSealed = (calls, commitment) => {
  const bytes = Buffer.from(commitment, 'base64url');
  return calls.find((call) => call.kind === 'write' && SEGMENT.test(call.path) && call.bytes.includes(bytes));
};

/** The first sync through the descriptor of a write that began after it and succeeded. */
const syncOf = (calls, write) =>
  calls.find(
    ({ kind, file, ok, started }) => kind === 'sync' && file === write.file && ok && started > write.ended,
  );

/** What came too early, in words, and how many answers and sealed parts were looked at. */
const findEarly = (calls) => {
  const tokens = tokensOf(calls);
  const answers = answersIn(calls);
  // By answer: one may have come too early in two ways.
  const early = new Map();
  let sealedParts = 0;
  for (const { proved, what, said } of answers) {
    const complain = (fault) => early.set(said, `${what} at ${proved.index}: ${fault}`);
    const { parts, salt } = parsed(proved.head);
    const spelled = [salt, parts.state, parts.sealed].filter((token) => token !== null);
    const rows = spelled.flatMap((token) => tokens.get(token) ?? []);
    const synced = rows.map((row) => syncOf(calls, row));
    // A page boundary cuts one of them at most; a refusal has two.
    if (rows.length < spelled.length - 1) complain('its row is not written');
    else if (!synced.every((sync) => sync !== undefined && sync.ended < said.started))
      complain('its row is not synced');
    if (parts.sealed === null) continue;
    sealedParts += 1;
    const part = findSealed(calls, parts.sealed);
    const partSync = part === undefined ? undefined : syncOf(calls, part);
    const firstRow = Math.min(...rows.map(({ started }) => started));
    if (part === undefined) complain('its sealed part is not written');
    else if (partSync === undefined || partSync.ended > firstRow)
      complain('its sealed part is not synced before its row is written');
  }
  return { answers: answers.length, sealedParts, early: [...early.values()] };
};

export const showOrder = async ({ isShort, report }) => {
  const workspace = mkdtempSync(join(tmpdir(), 'writ-order-'));
  const actions = isShort ? ACTIONS_SHORT : ACTIONS_LONG;
  const look = async (mode) => {
    const { calls, directory } = await traceCell(workspace, { mode, actions, waves: 1 });
    rmSync(directory, { recursive: true, force: true });
    return findEarly(calls);
  };
  try {
    const { answers, early, sealedParts } = await look('synced');
    for (const one of early.slice(0, SHOWN_MAX)) process.stdout.write(`     ${one}\n`);
    report(
      'cell, order',
      early.length === 0 && sealedParts > 0,
      `${early.length} of ${answers} answers, ${sealedParts} with sealed parts, came before their syncs`,
    );
    const control = await look('unsynced');
    report(
      'cell, order, control',
      control.early.length > 0,
      `${control.early.length} of ${control.answers} answers came before their syncs`,
    );
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
};
