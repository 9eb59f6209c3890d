import {
  encodeUtf8,
  loadTrust,
  parseTrust,
  parseVerifierKey,
  type Trust,
  type TrustedLog,
} from '@writ/proof';

/** Trust in one key, for its own log and every size of it. */
export function trustInKey(vkey: string): Trust {
  const { name: origin } = parseVerifierKey(vkey);
  const key = { vkey, from_size: 0n, until_size: null, not_before_ms: null, not_after_ms: null };
  return loadTrust({ logs: [{ origin, keys: [key], witnesses: null }] });
}

/** What a reader pastes: a trust file, or one verifier key. */
export function readPinned(text: string): Trust {
  const given = text.trim();
  return given.startsWith('{') ? parseTrust(encodeUtf8(given)) : trustInKey(given);
}

/** The same keys, asked for nothing but their signatures. */
export function withoutWitnesses(trust: Trust): Trust {
  const logs = [...trust.logs].map(([origin, log]): [string, TrustedLog] => [
    origin,
    { ...log, witnesses: null },
  ]);
  return { logs: new Map(logs) };
}
