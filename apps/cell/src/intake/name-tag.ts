import { REMEMBERED_KINDS, type ProposeCommand, type Understanding } from '@writ/contract';
import type { Tag } from '@writ/proof';
import type { DomainHashes } from './domain-hashes.ts';

/** A typed token stands for another value in every action: by it nothing is known again. */
const TOKEN = /#[0-9]/;

/** The tag of a name that a policy asks the past about, `kind/name` (spec/20-policy.md, 4.12). */
export function nameTag(hashes: Pick<DomainHashes, 'tag'>, named: string): Tag {
  const slash = named.indexOf('/');
  const kind = named.slice(0, slash);
  const name = named.slice(slash + 1);
  return kind === 'tool' || kind === 'unit' ? hashes.tag(kind, name) : resourceTag(hashes, kind, name);
}

/** The resources of an action that the past remembers, each once. */
export function touchedTags(
  hashes: Pick<DomainHashes, 'tag'>,
  resources: Understanding['resources'],
): NonNullable<ProposeCommand['touched']> {
  const known = new Set<string>();
  return resources.flatMap(({ kind, name }) => {
    const remembered = REMEMBERED_KINDS.find((one) => one === kind);
    const key = `${kind}/${name}`;
    if (remembered === undefined || known.has(key) || TOKEN.test(name)) return [];
    known.add(key);
    return [{ kind: remembered, tag: resourceTag(hashes, kind, name) }];
  });
}

function resourceTag(hashes: Pick<DomainHashes, 'tag'>, kind: string, name: string): Tag {
  return hashes.tag('resource', `${kind}\n${name}`);
}
