import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import type { Layer } from './policy.ts';
import { readChoice, readMatching } from './read-value.ts';

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

export function readName(node: Located, problems: Problems): string | undefined {
  return readMatching(node, NAME, 'a name is like `team-baseline`', problems);
}

export function readLayer(node: Located | undefined, problems: Problems): Layer {
  return (node && readChoice(node, ['base', 'narrowing'], problems)) ?? 'base';
}
