import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { KEY_LENGTH_MAX, MEMBERS_MAX, RULES_MAX } from '../limits.ts';
import type { Position, Problems } from '../problem.ts';
import { isPlain } from './forbidden.ts';
import type { Located, LocatedMember, LocatedScalar } from './located.ts';

/** A number is spelled as in JSON: no hexadecimal, octal, leading plus, bare point, infinity or NaN. */
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;

/** Composed YAML → located data. Depth was bounded by scanTokens. */
export function locate(
  node: ParsedNode | null,
  place: (offset: number) => Position,
  problems: Problems,
): Located {
  const at = place(node?.range[0] ?? 0);
  if (node === null) return { kind: 'scalar', at, value: null };
  if (isMap(node)) {
    const members = new Map<string, LocatedMember>();
    if (node.items.length > MEMBERS_MAX) problems.add('LIST_TOO_LONG', at, `at most ${MEMBERS_MAX} members`);
    for (const pair of node.items.slice(0, MEMBERS_MAX)) {
      const key_at = place(pair.key.range[0]);
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      if (typeof key !== 'string' || key.length > KEY_LENGTH_MAX || !isPlain(key)) {
        problems.add('YAML_KEY', key_at, `a key is text of at most ${KEY_LENGTH_MAX} characters`);
      } else if (members.has(key)) problems.add('YAML_DUPLICATE_KEY', key_at, 'this key is already there');
      else members.set(key, { key_at, value: locate(pair.value, place, problems) });
    }
    return { kind: 'map', at, members };
  }
  if (isSeq(node)) {
    // `rules` is the only long list; parse-policy bounds the others.
    if (node.items.length > RULES_MAX) problems.add('LIST_TOO_LONG', at, `at most ${RULES_MAX} items`);
    const items = node.items.slice(0, RULES_MAX).map((item) => locate(item, place, problems));
    return { kind: 'list', at, items };
  }
  if (isScalar(node))
    return { kind: 'scalar', at, value: scalarValue(node.value, node.source, at, problems) };
  problems.add('YAML_ALIAS', at, 'aliases are not allowed');
  return { kind: 'scalar', at, value: null };
}

function scalarValue(
  value: unknown,
  source: string | undefined,
  at: Position,
  problems: Problems,
): LocatedScalar['value'] {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (!isPlain(value)) problems.add('TEXT_INVALID', at, 'the text holds characters that are not allowed');
    return value;
  }
  if (typeof value === 'number' && source !== undefined && JSON_NUMBER.test(source)) {
    const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    // Negative zero has the same canonical form as zero.
    if (exact) return value === 0 ? 0 : value;
  }
  problems.add('YAML_NUMBER', at, 'a number is spelled as in JSON and exact; quote it if it is text');
  return null;
}
