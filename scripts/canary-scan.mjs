#!/usr/bin/env node
/**
 * Looks for a planted text in every byte of every file: what was sealed or erased must not be found in clear.
 *
 *   node scripts/canary-scan.mjs DIR… --canary TEXT [--canary TEXT…]
 *
 * Each canary is sought as it is and as base64, base64url (at each of three alignments), hex, UTF-16 and
 * JSON escapes. Prints every find as `path:offset spelling`. Exit 0 nothing found, 1 found, 2 cannot tell.
 * Reading a file drops its POSIX locks in the reading process: run this as a process of its own.
 */
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Shorter ones would be found by chance, above all in base64. */
const CANARY_BYTES_MIN = 8;
const FINDS_SHOWN_MAX = 100;

/** Every spelling of a canary that is searched for: a name and the bytes. */
export function spellings(canary) {
  const plain = Buffer.from(canary, 'utf8');
  const units = [...Array(canary.length).keys()].map((index) => canary.charCodeAt(index));
  const escape = (unit) => `\\u${unit.toString(16).padStart(4, '0')}`;
  const utf16 = Buffer.from(canary, 'utf16le');
  const found = [
    ['plain', plain],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['hex upper case', Buffer.from(plain.toString('hex').toUpperCase())],
    ['UTF-16 little endian', utf16],
    ['UTF-16 big endian', Buffer.from(utf16).swap16()],
    ['JSON', Buffer.from(JSON.stringify(canary).slice(1, -1))],
    [
      'JSON ASCII',
      Buffer.from(units.map((unit) => (unit < 128 ? String.fromCharCode(unit) : escape(unit))).join('')),
    ],
    ['JSON escapes', Buffer.from(units.map(escape).join(''))],
    [
      'JSON escapes upper case',
      Buffer.from(units.map((unit) => `\\u${escape(unit).slice(2).toUpperCase()}`).join('')),
    ],
  ];
  for (const alignment of [0, 1, 2]) {
    for (const encoding of ['base64', 'base64url']) {
      found.push([`${encoding} at ${alignment}`, Buffer.from(innerBase64(plain, alignment, encoding))]);
    }
  }
  return found.filter(([, bytes], index) => found.findIndex(([, other]) => other.equals(bytes)) === index);
}

/** The characters that stay the same whatever stands before and after the canary. */
function innerBase64(plain, alignment, encoding) {
  const text = Buffer.concat([Buffer.alloc(alignment), plain])
    .toString(encoding)
    .replaceAll('=', '');
  const first = Math.ceil((alignment * 8) / 6);
  const last = Math.floor(((alignment + plain.length) * 8) / 6);
  return text.slice(first, last);
}

/** Yields {offset, spelling} for one file, each place once. */
export function* scanFile(path, wanted) {
  const overlap = Math.max(...wanted.map(([, bytes]) => bytes.length)) - 1;
  const buffer = Buffer.alloc(CHUNK_BYTES + overlap);
  const fd = openSync(path, 'r');
  try {
    let kept = 0;
    let start = 0;
    for (;;) {
      const count = readSync(fd, buffer, kept, CHUNK_BYTES, start + kept);
      if (count === 0) return;
      const view = buffer.subarray(0, kept + count);
      for (const [spelling, bytes] of wanted) {
        for (let at = view.indexOf(bytes); at !== -1; at = view.indexOf(bytes, at + 1)) {
          // A find that lies whole within what was kept was told before.
          if (at + bytes.length > kept) yield { offset: start + at, spelling };
        }
      }
      const keep = Math.min(overlap, view.length);
      view.copy(buffer, 0, view.length - keep);
      start += view.length - keep;
      kept = keep;
    }
  } finally {
    closeSync(fd);
  }
}

/** Plain files below a path; links are not followed, and are named by the caller if wanted. */
export function* filesBelow(path) {
  const found = lstatSync(path);
  if (found.isFile()) yield path;
  if (!found.isDirectory()) return;
  for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { canary: { type: 'string', multiple: true } },
  });
  const canaries = values.canary ?? [];
  const tooShort = canaries.some((canary) => Buffer.byteLength(canary) < CANARY_BYTES_MIN);
  if (positionals.length === 0 || canaries.length === 0 || tooShort) {
    console.error(`usage: canary-scan.mjs DIR… --canary TEXT   (TEXT of at least ${CANARY_BYTES_MIN} bytes)`);
    return 2;
  }
  const wanted = canaries.flatMap((canary, index) => {
    return spellings(canary).map(([name, bytes]) => [`canary ${index + 1} ${name}`, bytes]);
  });
  let files = 0;
  let finds = 0;
  for (const path of positionals.flatMap((directory) => [...filesBelow(directory)])) {
    files += 1;
    for (const { offset, spelling } of scanFile(path, wanted)) {
      finds += 1;
      if (finds <= FINDS_SHOWN_MAX) console.log(`${path}:${offset} ${spelling}`);
    }
  }
  console.log(`${files} files scanned, ${finds} finds`);
  // Nothing scanned proves nothing.
  if (files === 0) return 2;
  return finds === 0 ? 0 : 1;
}

if (import.meta.main || process.argv[1]?.endsWith('canary-scan.mjs')) {
  try {
    process.exitCode = main();
  } catch (error) {
    console.error(`cannot scan: ${error.message}`);
    process.exitCode = 2;
  }
}
