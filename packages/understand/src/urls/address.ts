/** An address of version 4 as a number of 32 bits. */
export type Address4 = number;
/** An address of version 6 as eight groups of 16 bits. */
export type Address6 = readonly number[];

const ADDRESS4_END = 2 ** 32;
const OCTET_END = 256;

/**
 * All addresses that readers make of a text: one to four parts, each decimal, octal or hexadecimal, the last
 * one filling what is left; a leading zero is octal to some and nothing to others; too large a number is cut.
 */
export function addresses4(text: string): readonly Address4[] {
  const parts = (text.endsWith('.') ? text.slice(0, -1) : text).split('.');
  if (parts.length > 4 || !parts.every(isNumber)) return [];
  const readings = new Set<Address4>();
  for (const octal of [true, false]) {
    const numbers = parts.map((part) => numberOf(part, octal));
    if (numbers.every((value) => value >= 0)) readings.add(join4(numbers));
  }
  return [...readings];
}

function isNumber(part: string): boolean {
  return /^(?:0x[0-9a-f]{0,64}|[0-9]{1,64})$/.test(part);
}

function numberOf(part: string, octal: boolean): number {
  if (part.startsWith('0x')) return part === '0x' ? 0 : Number.parseInt(part.slice(2), 16);
  if (octal && part.length > 1 && part.startsWith('0'))
    return /^[0-7]+$/.test(part) ? Number.parseInt(part, 8) : -1;
  return Number(part);
}

function join4(numbers: readonly number[]): Address4 {
  let address = 0;
  numbers.forEach((value, at) => {
    const isLast = at === numbers.length - 1;
    address += isLast ? value : (value % OCTET_END) * 256 ** (3 - at);
  });
  return address % ADDRESS4_END;
}

/** Whether this is how everybody writes it. */
export function isPlain4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < OCTET_END)
  );
}

/** RFC 4291 section 2.2, without brackets and zone; null where it is none. */
export function address6(text: string): Address6 | null {
  const bare = text.split('%')[0] ?? '';
  if (!bare.includes(':') || bare.length > 45) return null;
  const halves = bare.split('::');
  if (halves.length > 2) return null;
  const [before, after] = halves.map(groupsOf);
  if (before === undefined || before === null || after === null) return null;
  if (after === undefined) return before.length === 8 ? before : null;
  const missing = 8 - before.length - after.length;
  return missing < 0 ? null : [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

function groupsOf(text: string): readonly number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    if (at === parts.length - 1 && isPlain4(part)) {
      const [address = 0] = addresses4(part);
      groups.push(Math.floor(address / 65_536), address % 65_536);
    } else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}
