import type { State } from '@writ/kernel';
import { openPart } from '@writ/proof';
import type { Rule } from '../log-model.ts';
import type { Checks } from '../violation.ts';

type Recalled = { readonly kind: string; readonly id: string; readonly version: number };
type Sealed = {
  readonly recall: readonly Recalled[];
  readonly context: {
    readonly ns: string;
    readonly by: string;
    readonly root: string;
    readonly executor: string;
    readonly session: string;
  };
  readonly judged: { readonly understanding: { readonly effects: readonly string[] } };
};

/** The sealed part of a record, or nothing once it is erased. */
export type ReadSealed = (index: number, commitment: string | null) => string | null;

/** HEART §7: nothing is spent when something that its decision relied on has changed since. */
export function openDriftRule(checks: Checks, readSealed: ReadSealed): Rule {
  const decisions = new Map<number, string | null>();
  const frozen = new Map<string, number>();
  return ({ index, record: { head, state }, before }) => {
    if ((head.kind === 'freeze' || head.kind === 'thaw') && 'scope' in state) frozen.set(state.scope, index);
    if (head.kind === 'decision' || head.kind === 'release') decisions.set(index, head.parts.sealed);
    if (head.kind !== 'commit') return;
    const text = readSealed(head.decided_at, decisions.get(head.decided_at) ?? null);
    if (text === null) return;
    const sealed: Sealed = JSON.parse(openPart(text).json);
    const moved = scopesOf(sealed).find((scope) => (frozen.get(scope) ?? 0) > head.decided_at);
    const why = (): string => `${moved} at ${frozen.get(moved ?? '')}, spent at ${index}`;
    checks.check('nothing is spent across a freeze and its thaw', moved === undefined, why);
    for (const recalled of sealed.recall) {
      const now = versionOf(before, sealed, recalled);
      const stands = now === null || now === recalled.version;
      const say = (): string => `${recalled.kind} at ${index}: ${recalled.version}, now ${now}`;
      checks.check('nothing is spent on what has changed', stands, say);
    }
  };
}

/** Read from the state directly, beside the kernel's own way of finding it. */
function versionOf(state: State, sealed: Sealed, { kind, id }: Recalled): number | null {
  const { ns } = sealed.context;
  switch (kind) {
    case 'principal':
      return state.principals.get(id)?.version ?? 0;
    case 'tool':
      return state.namespaces.get(ns)?.tools.get(id)?.version ?? 0;
    case 'policy':
      return state.namespaces.get(ns)?.policy?.slices[Number(id)]?.version ?? 0;
    default:
      return null; // freezes: above, from their records; counters: recalled afresh at the spend
  }
}

function scopesOf({ context: { ns, by, root, executor, session }, judged }: Sealed): readonly string[] {
  const effects = judged.understanding.effects.map((effect) => `effect:${ns}/${effect}`);
  return [
    'all',
    `namespace:${ns}`,
    `principal:${by}`,
    `principal:${root}`,
    `principal:${executor}`,
    `session:${ns}/${session}`,
    ...effects,
  ];
}
