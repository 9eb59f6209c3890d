import type { ArgumentKind } from '@writ/contract';
import type { Text } from '../arguments/texts.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { mixesLookAlikes, stylesAscii } from './confusable.ts';
import { hidesCharacters } from './hidden.ts';

/**
 * Data and prose: what people write in their own language, with pictures. All else names or does something.
 */
const PROSE: ReadonlySet<ArgumentKind> = new Set<ArgumentKind>(['content', 'text']);
const PLAIN = /^[\t\n\r -~]*$/;

/** What a text holds that people do not see, or take for something else. */
export function understandCharacters({ text, where, kind, isName }: Text, isCommand: boolean): Meaning {
  if (PLAIN.test(text)) return NOTHING;
  const isProse = !isName && (kind === null ? !isCommand : PROSE.has(kind));
  const found = hidesCharacters(text, !isProse) ? [foundAt('hidden_characters', where)] : [];
  if (!isProse && (mixesLookAlikes(text) || (namesSomething(kind, isCommand) && stylesAscii(text)))) {
    found.push(foundAt('confusable', where));
  }
  return joinMeanings(found);
}

/** Where a form of a letter is another name: files may be called as people like. */
function namesSomething(kind: ArgumentKind | null, isCommand: boolean): boolean {
  return (
    kind === 'host' ||
    kind === 'url' ||
    kind === 'program' ||
    kind === 'recipients' ||
    (isCommand && kind === null)
  );
}
