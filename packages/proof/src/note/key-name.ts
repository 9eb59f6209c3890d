import { Failure } from '../failure.ts';

// c2sp.org/signed-note: no Unicode spaces, no plus. Control characters are banned from notes altogether.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !FORBIDDEN.test(name);
}

export function checkKeyName(name: string): void {
  if (!isKeyName(name))
    throw new Failure('KEY_NAME', 'a key name has no spaces and no plus, and is not empty');
}
