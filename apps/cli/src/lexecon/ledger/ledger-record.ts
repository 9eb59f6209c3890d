/** The ten members of a record of a Lexecon ledger, in the order in which its writer prints them. */
export const LEDGER_MEMBERS = [
  'decision',
  'policy_id',
  'previous_hash',
  'reason',
  'record_hash',
  'record_id',
  'signature',
  'timestamp',
  'tool_args_hash',
  'tool_name',
] as const;

type LedgerMember = (typeof LEDGER_MEMBERS)[number];

/** All are text; only the id of the policy may be missing. */
export type LedgerRecord = Readonly<Record<Exclude<LedgerMember, 'policy_id'>, string>> & {
  readonly policy_id: string | null;
};

const OUTSIDE_THE_HASH: ReadonlySet<LedgerMember> = new Set<LedgerMember>(['record_hash', 'signature']);

/** The one text of a record: what a line of the file must be, byte for byte. */
export function printLedgerRecord(record: LedgerRecord): string {
  return print(record, LEDGER_MEMBERS);
}

/** The text whose SHA-256 is `record_hash`. */
export function printHashedMembers(record: LedgerRecord): string {
  return print(
    record,
    LEDGER_MEMBERS.filter((member) => !OUTSIDE_THE_HASH.has(member)),
  );
}

/**
 * JSON as Python prints it with sorted keys and compact separators. It is not RFC 8785: everything beyond
 * printable ASCII is escaped. The members are text or null, so numbers never occur.
 */
function print(record: LedgerRecord, members: readonly LedgerMember[]): string {
  const printed = members.map((member) => {
    const value = record[member];
    return `"${member}":${value === null ? 'null' : quote(value)}`;
  });
  return `{${printed.join(',')}}`;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** By UTF-16 unit: a character beyond the first plane becomes two escapes, as in Python. */
function quote(text: string): string {
  const escaped = text.replace(/["\\]|[^ -~]/g, (unit) => {
    return SHORT.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
