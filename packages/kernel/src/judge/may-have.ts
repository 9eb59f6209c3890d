import { EFFECTS, type Effect, type FindingCode, type Judged } from '@writ/contract';

/** Found where nobody knows what runs. */
const UNKNOWN: ReadonlySet<FindingCode> = new Set<FindingCode>(['opaque', 'unfamiliar']);

/** Whether code may run that nobody has read: then no effect is known not to be one of its. */
export function mayDoAnything({ understanding: { effects, findings } }: Judged): boolean {
  return effects.includes('EXECUTE_CODE') && findings.some(({ code }) => UNKNOWN.has(code));
}

/** The effects that its profile, or its tool, does not have. Unread code does whatever its tool can do. */
export function effectsOutside(
  judged: Judged,
  profile: readonly Effect[],
  declared: readonly Effect[],
): readonly Effect[] {
  const { effects } = judged.understanding;
  const possible = mayDoAnything(judged) ? [...new Set([...effects, ...declared])] : effects;
  return possible.filter((effect) => !profile.includes(effect) || !declared.includes(effect));
}

/** The effects that an action has, and those that it may have. */
export function effectsItMayHave(judged: Judged): readonly Effect[] {
  return mayDoAnything(judged) ? EFFECTS : judged.understanding.effects;
}
