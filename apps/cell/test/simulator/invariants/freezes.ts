import type { Rule } from '../log-model.ts';
import type { Checks } from '../violation.ts';

/**
 * Everything that a freeze of an action could name: by whom, for whom, where, in which session, doing what.
 */
type Reach = readonly string[];

/** No permission and no spend stands behind the freeze of its scope, until that is thawed. */
export function openFreezeRule(checks: Checks): Rule {
  const frozen = new Set<string>();
  const reaches = new Map<string, Reach>();
  return ({ index, record, before }) => {
    const { head, state } = record;
    if (head.kind === 'freeze' && 'scope' in state) frozen.add(state.scope);
    if (head.kind === 'thaw' && 'scope' in state) frozen.delete(state.scope);
    if (
      (head.kind === 'decision' || head.kind === 'release') &&
      'shape' in state &&
      head.verdict === 'ALLOW'
    ) {
      const reach = [
        'all',
        `namespace:${head.ns}`,
        `principal:${state.by}`,
        `principal:${state.root}`,
        `session:${head.ns}/${state.session}`,
        ...state.effects.map((effect) => `effect:${head.ns}/${effect}`),
      ];
      reaches.set(head.id, reach);
      checkReach(head.id, reach, index);
    }
    if (head.kind === 'commit') {
      checkReach(head.id, reaches.get(head.id) ?? [], index);
      const space = before.namespaces.get(head.ns);
      checks.check('nothing is spent after erasure', space?.erased === false, () => `${head.id} at ${index}`);
    }
  };

  function checkReach(id: string, reach: Reach, index: number): void {
    const by = reach.find((scope) => frozen.has(scope));
    checks.check('nothing passes a freeze', by === undefined, () => `${id} at ${index}, frozen by ${by}`);
  }
}
