import { type Gate, PASSED, refuse } from './gate.ts';

/** Gate 0: is this namespace, session, category or everything frozen? */
export const freezeGate: Gate = {
  number: 0,
  name: 'freeze',
  judge({ context, recall }) {
    const { frozen } = recall.read('freeze', 'here');
    if (frozen.length > 0) return refuse(0, 'LOCKED');
    const space = recall.read('namespace', context.ns);
    return space === null || space.erased ? refuse(0, 'NAMESPACE_ERASED') : PASSED;
  },
};
