import { describe, expect, it } from 'vitest';
import { sessionTag } from '../../src/intake/session-tag.ts';

const ONE = 'prn_00000000000000000000000001';
const OTHER = 'prn_00000000000000000000000002';
/** The text itself in the place of its keyed hash: what goes in is what tells two tags apart. */
const hashes = { tag: (kind: string, text: string): string => `${kind} ${text}` };

describe('sessionTag()', () => {
  it('sessionTag() tells roots and labels apart, also where a label looks like both', () => {
    const tags = [
      sessionTag(hashes, ONE, 'work'),
      sessionTag(hashes, OTHER, 'work'),
      sessionTag(hashes, ONE, 'play'),
      sessionTag(hashes, ONE, `${OTHER}\nwork`),
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });
});
