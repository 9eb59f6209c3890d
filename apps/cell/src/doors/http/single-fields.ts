import { DoorRefusal } from './refusal.ts';

/** Fields that decide something: one that comes twice means different things to different readers. */
const SINGLE: ReadonlySet<string> = new Set([
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'idempotency-key',
  'origin',
  'sec-fetch-site',
  'transfer-encoding',
]);

/** `raw` alternates names and values, as the parser of the platform gives them. */
export function checkSingleFields(raw: readonly string[]): void {
  const seen = new Set<string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) throw new DoorRefusal('REQUEST_INVALID', 'a field comes twice');
    seen.add(name);
  }
}
