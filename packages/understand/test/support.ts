import { readFileSync } from 'node:fs';
import fc from 'fast-check';

export type FoundCase = {
  readonly reason: string;
  readonly text: readonly string[];
  readonly found: readonly { readonly kind: string; readonly value: readonly string[] }[];
};

export function readCases(name: string): readonly FoundCase[] {
  const text = readFileSync(new URL(`../../../vectors/detection/${name}.json`, import.meta.url), 'utf8');
  const file = JSON.parse(text) as { readonly cases: readonly FoundCase[] }; // our own vectors
  return file.cases;
}

const FOUND = readCases('found');

/** Pieces of what the scanners look for, in any order: near misses and joints between them. */
export function hostileText(): fc.Arbitrary<string> {
  const pieces = FOUND.flatMap(({ text }) => text).concat(
    ['@', '+', '--', '=', ':', '://', '"', "'", '\\', ' ', '.', '-', '%40', '\n', 'password', 'eyJ', '4111'],
    ['DE89', 'Bearer ', '-----BEGIN ', 'PRIVATE KEY-----', '０', '\ud800', 'é', '#1', 'secret#1'],
  );
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 12 })
    .map((all) => all.join(''));
}
