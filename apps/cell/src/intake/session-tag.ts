import type { Id, Tag } from '@writ/proof';
import type { DomainHashes } from './domain-hashes.ts';

/**
 * A session belongs to the root of a delegation: whoever else uses the same label has another session, and
 * neither counts in it nor is frozen with it.
 */
export function sessionTag(hashes: Pick<DomainHashes, 'tag'>, root: Id, label: string): Tag {
  return hashes.tag('session', `${root}\n${label}`);
}
