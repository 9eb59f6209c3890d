import { printJson } from '../json/print.ts';
import type { JsonObject } from '../json/value.ts';
import { TRUST_FORMAT, type TrustFile, type TrustFileKey, type TrustFileLog } from './trust.ts';

/** Canonical text of a trust file. */
export function printTrust(file: TrustFile): string {
  return printJson({ format: TRUST_FORMAT, logs: file.logs.map(logValue) });
}

function logValue(log: TrustFileLog): JsonObject {
  const { origin, witnesses } = log;
  return {
    origin,
    keys: log.keys.map(keyValue),
    witnesses: witnesses === null ? null : { quorum: witnesses.quorum, keys: witnesses.keys },
  };
}

function keyValue(key: TrustFileKey): JsonObject {
  return {
    vkey: key.vkey,
    from_size: `${key.from_size}`,
    until_size: key.until_size === null ? null : `${key.until_size}`,
    not_before_ms: key.not_before_ms,
    not_after_ms: key.not_after_ms,
  };
}
