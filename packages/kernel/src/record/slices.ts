import { allRules, type CompiledPolicy, type Policy } from '@writ/policy';
import { cutToTag, type Tag, type TextHash } from '@writ/proof';
import { POLICY_SLICES } from '@writ/contract';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A tool's bucket among a policy's slices: the first six bits of a digest of its name. */
export function bucketOf(hash: TextHash, tool: string): number {
  const known = buckets.get(tool);
  if (known !== undefined) return known;
  const bucket = ALPHABET.indexOf(hash(`writ/slice/v1\n${tool}`).charAt(0));
  if (buckets.size < BUCKETS_REMEMBERED_MAX) buckets.set(tool, bucket);
  return bucket;
}

/** A memory of a pure function; the names come from outside, so there is a bound. */
const buckets = new Map<string, number>();
const BUCKETS_REMEMBERED_MAX = 4_096;

/**
 * One digest a bucket over the rules that can match its tools. A policy record carries these, so that a
 * change to rules about one tool does not count as drift for the others.
 */
export function sliceTags(hash: TextHash, policy: Policy, compiled: CompiledPolicy): readonly Tag[] {
  const everywhere = compiled.sliceFor('*');
  const lines: string[][] = Array.from({ length: POLICY_SLICES }, () => [everywhere]);
  const named = new Set(allRules(policy).flatMap((rule) => rule.tools));
  named.delete('*');
  for (const tool of [...named].sort()) {
    lines[bucketOf(hash, tool)]?.push(`${hash(tool)} ${compiled.sliceFor(tool)}`);
  }
  return lines.map((bucket) => cutToTag(hash(`writ/slices/v1\n${bucket.join('\n')}`)));
}
