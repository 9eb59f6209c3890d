// How reasons become a verdict, and what may lift them.
import { kernel } from './fault.mjs';

export const JUDGING = [
  kernel(
    'gates/gate-2-authority.ts',
    ' ?? endOf(root, context.now_ms);',
    ';',
    'gates/gate-2-authority',
    'authority refuses the children when the root',
  ),
  kernel(
    'recall/live.ts',
    'person !== undefined && !person.disabled && ',
    'person !== undefined && ',
    'commands/release',
    'release counts no answer of a person who may answer no more',
  ),
  kernel(
    'judge/judge.ts',
    'if (reason.lifted !== null || !isStricter(reason.verdict, verdict)) continue;',
    'if (reason.lifted !== null || reason.verdict === verdict) continue;',
    'judge/judge',
    'the strictest verdict, and the code of the first with it',
  ),
  kernel(
    'judge/judge.ts',
    'const DECIDES_THE_REST = 1;',
    'const DECIDES_THE_REST = 0;',
    'gates/gate-1-schema',
    'schema refuses with UNKNOWN_TOOL',
  ),
  kernel(
    'judge/judge.ts',
    '!able.includes(obligation)',
    'able.includes(obligation)',
    'judge/judge',
    'judge() gives OBLIGATION_UNMET',
  ),
  kernel(
    'judge/lift.ts',
    '>= quorum',
    '>= 1',
    'commands/answer',
    'approve needs as many different people as the rule asks for',
  ),
  kernel(
    'judge/lift.ts',
    ' && lift.rule === rule);',
    ');',
    'commands/release',
    'release lifts a rule only when people answered for that rule',
  ),
  kernel(
    'judge/lift.ts',
    'approval.round >= round && ',
    '',
    'commands/release',
    'release asks everyone again when the same rule wants more people',
  ),
  kernel(
    'judge/state-hash.ts',
    'dependencies, namespace: ns',
    'dependencies: dependencies.length, namespace: ns',
    'judge/state-hash',
    'hashState() differs when',
  ),
  kernel(
    'judge/state-hash.ts',
    'if (item.used)',
    'if (!item.used)',
    'judge/state-hash',
    'hashState() differs when an item that a finding relied on',
  ),
  kernel(
    'judge/state-hash.ts',
    'return found.sort(byKindAndId);',
    'return found;',
    'judge/state-hash',
    'hashState() is SHA-256 of a label',
  ),
  kernel(
    'judge/compose.ts',
    'reserved: permitted && context.wall > 0 ? context.costs : [],',
    'reserved: [],',
    'gates/gate-3-limits',
    'counts the reservations of others',
  ),
];
