import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { emptyMemory } from '@writ/proof';
import { clientHome } from '../../client/client-home.ts';
import { readTrust } from '../../client/trust.ts';
import type { Call, Place } from '../../program/command.ts';
import { type Described, describeFailure } from '../../program/failure.ts';
import { plain } from '../../terminal/line.ts';
import type { Finding } from '../../verify/finding.ts';
import { openSubject } from '../../verify/subject.ts';
import { verifyLogFile } from '../../verify/verify-log-file.ts';
import { verifyWritFile } from '../../verify/verify-proven.ts';
import { writeLog } from '../../desk/log/write-log.ts';
import { endOf, readLog } from '../read-log.ts';
import { openLocal } from '../store.ts';
import { expect } from './show-actions.ts';

type Stage = { readonly call: Call; readonly place: Place; readonly directory: string };

/** Opens the cell, which verifies the store, closes it and exports the log. */
export async function exportHere({ place }: Stage, path: string): Promise<void> {
  const cell = await openLocal(place);
  const end = endOf(cell);
  await cell.close();
  const { origin } = cell.settings;
  const batches = readLog(cell, end, true);
  await writeLog(path, { origin, size: end.size, batches, progress: () => {} });
}

/** As an auditor does it: with the pinned keys and nothing of the cell. */
export async function verifyFile({ place }: Stage, path: string): Promise<Finding> {
  const trust = await readTrust(null, clientHome(place.environment, place.user_home));
  const subject = await openSubject(path, false);
  const question = { trust, memory: emptyMemory(), now_ms: Date.now(), args: null };
  if (subject.format === 'writ') return verifyWritFile(subject.bytes, question);
  expect(subject.format === 'log', 'the file is a log');
  return verifyLogFile(subject, { ...question, against: [], require_complete: false, progress: () => {} });
}

export async function showVerification(stage: Stage, writ_path: string): Promise<string> {
  const { call, directory } = stage;
  const log = join(directory, 'log.txt');
  await exportHere(stage, log);
  const whole = await verifyFile(stage, log);
  expect(whole.verdict === 'valid', 'the exported log verifies');
  call.say(plain(`verified   the exported log, offline: ${whole.text}`));
  const writ = await verifyFile(stage, writ_path);
  expect(writ.verdict === 'valid', 'the writ verifies');
  call.say(plain('verified   the writ, offline, from its file and the public key alone'));
  return log;
}

/** One byte of one record, on copies: in the exported log, and in the raw store. */
export async function showTampering(stage: Stage, log: string, index: number): Promise<void> {
  const { call, directory, place } = stage;
  const head = headAt(log, index);
  const bad_log = join(directory, 'log-tampered.txt');
  writeFileSync(bad_log, changeByte(readFileSync(log), marksOf(head)));
  const finding = await verifyFile(stage, bad_log);
  expect(finding.verdict === 'invalid', 'the changed log is found');
  call.say(plain(`tampered   one byte of a copy of the log: ${finding.text}`));
  const home = place.environment['WRIT_HOME'] ?? '';
  const copy = join(directory, 'copy');
  copyPrivately(home, copy);
  const store = join(copy, 'state', 'cell', 'journal.sqlite');
  writeFileSync(store, changeByte(readFileSync(store), marksOf(head)));
  const refusal = await openRefusal({ ...place, environment: { ...place.environment, WRIT_HOME: copy } });
  expect(refusal.index === index, 'the changed record is named');
  call.say(
    plain(
      `tampered   one byte of a copy of the store: it does not start, ${refusal.code}: ${refusal.detail}`,
    ),
  );
}

/** Directories of a home are for their owner alone; cpSync makes new ones by the umask. */
function copyPrivately(from: string, to: string): void {
  const before = process.umask(0o077);
  try {
    cpSync(from, to, { recursive: true });
  } finally {
    process.umask(before);
  }
}

async function openRefusal(place: Place): Promise<Described> {
  try {
    const cell = await openLocal(place);
    await cell.close();
  } catch (error) {
    return describeFailure(error);
  }
  expect(false, 'a changed store does not start');
}

function headAt(log: string, index: number): string {
  const line = readFileSync(log, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${index} {`));
  expect(line !== undefined, 'the log has the record');
  return line.slice(line.indexOf('{'));
}

/** The salt of a head in two halves: a page of the store may end within one of them. */
function marksOf(head: string): readonly string[] {
  const salt = /"salt":"([^"]+)"/.exec(head)?.[1] ?? '';
  return [salt.slice(0, salt.length / 2), salt.slice(salt.length / 2)];
}

function changeByte(bytes: Buffer, marks: readonly string[]): Buffer {
  const mark = marks.find((one) => one !== '' && bytes.includes(one));
  expect(mark !== undefined, 'the record is where it was written');
  const changed = Buffer.from(bytes);
  // Another letter of the same alphabet: nothing but the meaning changes.
  changed[bytes.indexOf(mark)] = mark.startsWith('A') ? 0x42 : 0x41;
  return changed;
}

/** Digests of all heads of the log, for comparing with what was acknowledged. */
export async function headsNow(place: Place): Promise<ReadonlyMap<number, string>> {
  const cell = await openLocal(place);
  const end = endOf(cell);
  await cell.close();
  const heads = new Map<number, string>();
  for await (const { from, entries } of readLog(cell, end, false)) {
    for (const [at, { head }] of entries.entries()) heads.set(from + at, head);
  }
  return heads;
}
