import { joinLists, listsOf, type Policy, printPolicy } from '@writ/policy';

/** Names that are to be added, by list. */
export type Additions = ReadonlyMap<string, readonly string[]>;

/** All lists that the rules of a policy read, with what its packs put into them. */
export function listsRead(policy: Policy): Additions {
  return listsOf(policy);
}

export type ListDiff = { readonly removed: readonly string[]; readonly added: readonly string[] };

/** The policy with more in its own lists. */
export function extendPolicy(policy: Policy, additions: Additions): Policy {
  return { ...policy, lists: joinLists([policy.lists, additions]) };
}

/** Are they the same in all that a digest covers? */
export function isSamePolicy(one: Policy, other: Policy): boolean {
  return printPolicy(one) === printPolicy(other);
}

/** From `lists:` to the next member of the policy; comments in between are lost. */
const OWN_LISTS = /^lists:[^\n]*\n(?:(?:[ \t#][^\n]*)?\n)*/m;
const AFTER_NAME = /^name:[^\n]*\n/m;

/**
 * The text of a policy with more in its lists, all else left as it is; null where the text has no place for
 * them. Whoever uses it reads it again and compares.
 */
export function extendText(text: string, policy: Policy, additions: Additions): string | null {
  const { lists } = extendPolicy(policy, additions);
  const block = printLists(lists ?? new Map());
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  if (policy.lists !== undefined) return OWN_LISTS.test(whole) ? whole.replace(OWN_LISTS, () => block) : null;
  return AFTER_NAME.test(whole) ? whole.replace(AFTER_NAME, (line) => `${line}${block}`) : null;
}

function printLists(lists: Additions): string {
  const lines = [...lists].flatMap(([name, items]) => [
    `  ${name}:${items.length === 0 ? ' []' : ''}`,
    ...items.map((item) => `    - '${item.replaceAll("'", "''")}'`),
  ]);
  return `lists:\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** What stands between the lines that both texts begin and end with. */
export function diffTexts(before: string, after: string): ListDiff {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let from = 0;
  while (from < Math.min(old.length, now.length) && old[from] === now[from]) from += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > from && nowEnd > from && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  const [gone, come] = [old.slice(from, oldEnd), now.slice(from, nowEnd)];
  return {
    removed: gone.filter((line) => !come.includes(line)),
    added: come.filter((line) => !gone.includes(line)),
  };
}
