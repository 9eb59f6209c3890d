import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import type { Layer } from './policy.ts';
import { readChoice, readMatching } from './read-value.ts';

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** With a rule's id behind it, `pack/rule` still is a word of 128 characters. */
const PACK_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

export function readName(node: Located, problems: Problems): string | undefined {
  return readMatching(node, NAME, 'a name is like `team-baseline`', problems);
}

export function readPackName(node: Located, problems: Problems): string | undefined {
  return readMatching(node, PACK_NAME, 'a pack is named like `team-baseline`', problems);
}

export function readLayer(node: Located | undefined, problems: Problems): Layer {
  return (node && readChoice(node, ['base', 'narrowing'], problems)) ?? 'base';
}
