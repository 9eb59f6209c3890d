import { type Finding, type Resource, UNDERSTANDING_LIMITS } from '@writ/contract';

/** What had to be left out makes the rest opaque: a list that was cut is not the list. */
const CUT: Finding = { code: 'opaque', where: '' };

export type Lists = { readonly resources: readonly Resource[]; readonly findings: readonly Finding[] };

/** Each once, in the order in which they were found, the first of every code among them. */
export function boundLists({ resources, findings }: Lists, findings_max: number): Lists {
  const touched = once(resources, ({ kind, name }) => `${kind} ${name}`);
  const kept = touched.slice(0, UNDERSTANDING_LIMITS.resources_max);
  const found = kept.length < touched.length ? [...findings, CUT] : findings;
  return { resources: kept, findings: boundFindings(once(found, keyOfFinding), findings_max) };
}

function boundFindings(findings: readonly Finding[], most: number): readonly Finding[] {
  if (findings.length <= most) return findings;
  const firsts = once([...findings, CUT], ({ code }) => code);
  const rest = findings.filter((finding) => !firsts.includes(finding)).slice(0, most - firsts.length);
  const kept = new Set([...firsts, ...rest]);
  return [...findings, CUT].filter((finding) => kept.has(finding));
}

export function keyOfFinding({ code, where }: Finding): string {
  return `${code} ${where}`;
}

function once<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const known = new Map<string, Item>();
  for (const item of items) if (!known.has(keyOf(item))) known.set(keyOf(item), item);
  return [...known.values()];
}
