import { isSpace } from '../detection/characters.ts';
import { type Sensitivity, sensitivityOf } from '../detection/sensitive-name.ts';
import { isReference, looksLikeKey, looksLikePassword } from '../detection/value.ts';
import { type Found, valueOf } from './found.ts';

const KEY_UNITS_MIN = 8;

/** What the name of a member says of the text in it: the whole of it is the secret, or nothing is known. */
export function findInContext(text: string, context: Sensitivity): readonly Found[] {
  if (context === null || isReference(text) || !isSecret(text, context)) return [];
  return [{ start: 0, end: text.length, values: [valueOf('secret', text)] }];
}

function isSecret(text: string, context: Exclude<Sensitivity, null>): boolean {
  switch (context) {
    case 'password':
      return text.length > 0;
    case 'header':
      return text.length >= KEY_UNITS_MIN;
    case 'key':
      return (
        looksLikeKey(text) || (text.length >= KEY_UNITS_MIN && !hasSpace(text) && looksLikePassword(text))
      );
    default:
      return context satisfies never;
  }
}

function hasSpace(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isSpace(text.charCodeAt(at))) return true;
  return false;
}

/** In a list of command-line words, a flag says what the next word is. */
export function contextAfter(word: unknown): Sensitivity {
  return typeof word === 'string' && word.startsWith('--') && !word.includes('=')
    ? sensitivityOf(word)
    : null;
}
