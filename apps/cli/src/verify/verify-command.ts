import {
  emptyMemory,
  type JsonValue,
  type Memory,
  openTrustedCheckpoint,
  parseJson,
  type PublicKey,
  type RememberedCheckpoint,
  remember,
  type Trust,
} from '@writ/proof';
import { type ClientHome, clientHome } from '../client/client-home.ts';
import { keepCheckpoint, readMemory } from '../client/memory.ts';
import { readTrust } from '../client/trust.ts';
import { readInput } from '../files/read-input.ts';
import type { Call, ExitCode, Run } from '../program/command.ts';
import { parsePublicKeyPem, PEM_BYTES_MAX } from '../lexecon/ledger/public-key.ts';
import type { HeldLedger } from '../lexecon/ledger/verify-ledger.ts';
import { CliFailure, describeFailure } from '../program/failure.ts';
import { quoteText } from '../terminal/encode-text.ts';
import { bad, faint, good, type Line, plain, warn } from '../terminal/line.ts';
import { exitOfFinding, type Finding, refused } from './finding.ts';
import { openSubject } from './subject.ts';
import { verifyLedgerFile } from './verify-ledger-file.ts';
import { verifyLogFile } from './verify-log-file.ts';
import { verifyPageFile } from './verify-page.ts';
import { verifyReceiptFile, verifyWritFile } from './verify-proven.ts';

type Reader = {
  readonly home: ClientHome | null;
  readonly trust: Trust;
  readonly memory: Memory;
  readonly against: readonly RememberedCheckpoint[];
  readonly args: JsonValue | null;
  /** Of a ledger of Lexecon: who signs it, and what is known of it from before. */
  readonly ledger_key: PublicKey | null;
  readonly ledger_held: HeldLedger | null;
};

const NOTE_BYTES_MAX = 65_536;
const ARGS_BYTES_MAX = 1_048_576;

export const run: Run = async (call) => {
  const reader = await openReader(call);
  const findings: { readonly file: string; readonly finding: Finding }[] = [];
  for (const file of call.operands) {
    const finding = await findingOrFailure(file, reader, call);
    // What was seen is durable before the verdict is told.
    if (reader.home !== null && finding.checkpoint !== null) {
      await keepCheckpoint(reader.home, finding.checkpoint);
    }
    findings.push({ file, finding });
  }
  const exit = worst(findings.map(({ finding }) => exitOfFinding(finding)));
  return {
    exit,
    lines: findings.flatMap(({ file, finding }) => linesOf(file, finding)),
    json: { exit, files: findings.map(({ file, finding }) => ({ file, ...finding.json })) },
  };
};

/** One invalid file is worse than any number that cannot be decided. */
function worst(exits: readonly ExitCode[]): ExitCode {
  if (exits.includes(1)) return 1;
  return exits.includes(2) ? 2 : 0;
}

async function openReader(call: Call): Promise<Reader> {
  const forgetful = call.flag('no-memory');
  const trusted = call.text('trust');
  const home = forgetful && trusted !== null ? null : clientHome(call.environment, call.user_home);
  const trust = await readTrust(trusted, home);
  const against = await Promise.all(call.list('against').map((path) => readHeld(path, trust)));
  const args = call.text('args');
  return {
    home: forgetful ? null : home,
    trust,
    memory: forgetful || home === null ? emptyMemory() : await readMemory(home),
    against,
    args: args === null ? null : parseJson(await readInput(args, ARGS_BYTES_MAX)),
    ledger_key: await readLedgerKey(call.text('public-key')),
    ledger_held: readHeldLedger(call.text('held')),
  };
}

async function readLedgerKey(path: string | null): Promise<PublicKey | null> {
  if (path === null) return null;
  const bytes = await readInput(path, PEM_BYTES_MAX);
  try {
    return parsePublicKeyPem(bytes);
  } catch (error) {
    const { code, detail } = describeFailure(error);
    throw new CliFailure(code, `--public-key ${quoteText(path)}: ${detail}`);
  }
}

const HELD = /^(0|[1-9][0-9]{0,8})(?::([0-9a-f]{64}))?$/;

function readHeldLedger(text: string | null): HeldLedger | null {
  if (text === null) return null;
  const found = HELD.exec(text);
  if (found === null) throw new CliFailure('USAGE', '--held is COUNT or COUNT:HASH, as verify printed it');
  return { records: Number(found[1]), hash: found[2] ?? null };
}

/** A checkpoint that was held before counts only if the log has signed it. */
async function readHeld(path: string, trust: Trust): Promise<RememberedCheckpoint> {
  const note = new TextDecoder().decode(await readInput(path, NOTE_BYTES_MAX));
  try {
    const { origin, size, root } = openTrustedCheckpoint(note, trust);
    return { origin, size, root, note };
  } catch (error) {
    const { code, detail } = describeFailure(error);
    throw new CliFailure(code, `--against ${quoteText(path)}: ${detail}`);
  }
}

/** A file that cannot be read leaves its own question open, and no other. */
async function findingOrFailure(file: string, reader: Reader, call: Call): Promise<Finding> {
  try {
    return await findingFor(file, reader, call);
  } catch (error) {
    const { code, detail } = describeFailure(error);
    if (!code.startsWith('INPUT_')) throw error;
    return refused('undecidable', code, detail);
  }
}

async function findingFor(file: string, reader: Reader, call: Call): Promise<Finding> {
  const { trust, memory, against, args } = reader;
  const subject = await openSubject(file, call.flag('lexecon'));
  switch (subject.format) {
    case 'log':
      return verifyLogFile(subject, {
        trust,
        memory,
        against,
        require_complete: call.flag('require-complete'),
        progress: call.progress,
      });
    case 'ledger':
      return verifyLedgerFile(subject, {
        key: reader.ledger_key,
        held: reader.ledger_held,
        require_complete: call.flag('require-complete'),
      });
    case 'writ':
      return verifyWritFile(subject.bytes, { trust, memory: withHeld(reader), now_ms: Date.now(), args });
    case 'receipt':
      return verifyReceiptFile(subject.bytes, { trust, memory: withHeld(reader), now_ms: Date.now(), args });
    case 'page':
      return verifyPageFile(subject.bytes, { trust, memory: withHeld(reader), now_ms: Date.now(), args });
    case 'unknown':
      return refused(
        'invalid',
        'FORMAT_UNKNOWN',
        'neither a writ nor a spend receipt nor a page nor an exported log nor a ledger',
      );
    default:
      return subject satisfies never;
  }
}

function withHeld({ memory, against }: Reader): Memory {
  return against.reduce((held, checkpoint) => {
    return remember(held, { checkpoint, action: null }, held.forgotten_before_ms);
  }, memory);
}

function linesOf(file: string, finding: Finding): readonly Line[] {
  const tone = { valid: good, invalid: bad, undecidable: warn }[finding.verdict];
  const verdict = finding.verdict.toUpperCase();
  const details = finding.details.map((detail) => faint(`  ${detail}`));
  return [...statusLines(file, finding), tone(`${verdict} ${quoteText(file)}: ${finding.text}`), ...details];
}

/** Of a whole ledger or log also the lines that Lexecon's verifier prints, for what reads those. */
function statusLines(file: string, { records, verdict }: Finding): readonly Line[] {
  if (records === null) return [];
  const status = plain(`Status: ${verdict.toUpperCase()}`);
  return [plain(`Ledger: ${quoteText(file)}`), plain(`Records: ${records}`), status];
}
