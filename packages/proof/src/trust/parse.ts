import type { JsonValue } from '../json/value.ts';
import {
  asCount,
  asList,
  asObject,
  asSize,
  asText,
  checkMembers,
  type FileForm,
  readMembers,
} from '../writ/read-members.ts';
import { loadTrust } from './load.ts';
import {
  type Trust,
  TRUST_BYTES_MAX,
  TRUST_KEYS_MAX,
  TRUST_LOGS_MAX,
  TRUST_WITNESSES_MAX,
  type TrustFile,
  type TrustFileKey,
  type TrustFileLog,
  type TrustFileWitnesses,
} from './trust.ts';

const FORM: FileForm = {
  name: 'writ-trust',
  version: 1,
  members: ['logs'],
  limits: { bytes: TRUST_BYTES_MAX, depth: 8, values: 100_000 },
};

/** Reads a trust file strictly and examines its keys. People write it, so any white space of JSON will do. */
export function parseTrust(bytes: Uint8Array): Trust {
  return loadTrust(parseTrustFile(bytes));
}

/** Reads it without examining the keys: for showing and editing what is trusted. */
export function parseTrustFile(bytes: Uint8Array): TrustFile {
  const members = readMembers(bytes, FORM);
  return { logs: asList(members['logs'], TRUST_LOGS_MAX).map(readLog) };
}

function readLog(value: JsonValue): TrustFileLog {
  const log = asObject(value);
  checkMembers(log, ['origin', 'keys', 'witnesses']);
  return {
    origin: asText(log['origin']),
    keys: asList(log['keys'], TRUST_KEYS_MAX).map(readKey),
    witnesses: log['witnesses'] === null ? null : readWitnesses(log['witnesses']),
  };
}

function readKey(value: JsonValue): TrustFileKey {
  const key = asObject(value);
  checkMembers(key, ['vkey', 'from_size', 'until_size', 'not_before_ms', 'not_after_ms']);
  return {
    vkey: asText(key['vkey']),
    from_size: asSize(key['from_size']),
    until_size: key['until_size'] === null ? null : asSize(key['until_size']),
    not_before_ms: key['not_before_ms'] === null ? null : asCount(key['not_before_ms']),
    not_after_ms: key['not_after_ms'] === null ? null : asCount(key['not_after_ms']),
  };
}

function readWitnesses(value: JsonValue | undefined): TrustFileWitnesses {
  const witnesses = asObject(value);
  checkMembers(witnesses, ['quorum', 'keys']);
  return {
    quorum: asCount(witnesses['quorum']),
    keys: asList(witnesses['keys'], TRUST_WITNESSES_MAX).map(asText),
  };
}
