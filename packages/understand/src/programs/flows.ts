import { EGRESS_EFFECTS } from '@writ/contract';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import type { Run } from '../shell/reading.ts';
import { textOfWord } from '../shell/word.ts';
import { wordSet } from '../word-set.ts';

const SHELLS: ReadonlySet<string> = wordSet(`
  ash bash dash ksh mksh rbash sh zsh`);

export function isShell(executable: string): boolean {
  return SHELLS.has(executable.slice(executable.lastIndexOf('/') + 1));
}

/** What it means that a program gets, or gives, just this. */
export function flowOf({ answers, input, program, words }: Run, meaning: Meaning): Meaning {
  const { effects } = meaning;
  const leaves = effects.some((effect) => EGRESS_EFFECTS.has(effect) || effect === 'DOWNLOAD');
  const from = [...(input?.from ?? []), ...words.flatMap((word) => word.from)];
  const parts: Meaning[] = [];
  if (leaves && from.includes('secret')) parts.push(foundAt('secret_leaves', ''));
  // A file that holds secrets, among what is sent.
  else if (effects.includes('UPLOAD') && effects.includes('READ_SECRETS'))
    parts.push(foundAt('secret_leaves', ''));
  const shell = isShell(textOfWord(program) ?? '');
  if (shell && (answers || input?.from.includes('network') === true))
    parts.push(foundAt('reverse_shell', ''));
  if (leaves && input?.from.includes('shell') === true) parts.push(foundAt('reverse_shell', ''));
  if (answers && (effects.includes('READ_SECRETS') || from.includes('secret')))
    parts.push(foundAt('secret_leaves', ''));
  return parts.length === 0 ? NOTHING : joinMeanings(parts);
}
