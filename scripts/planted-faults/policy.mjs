// Loading and judging rules: what the fuzzer and the properties of policies must find.
import { policy } from './fault.mjs';

export const POLICY = [
  policy(
    'rules/canonical.ts',
    'reasonClass === CLASSES[rule.verdict][0] ? {}',
    'true ? {}',
    'fuzz',
    'loads or refuses texts',
  ),
  policy(
    'decide/judge.ts',
    'if (!allowed) {',
    'if (!allowed && reasons.length > 0) {',
    'fuzz',
    'loads or refuses texts',
  ),
  policy(
    'rules/check-rules.ts',
    "layer === 'narrowing' && rule.verdict === 'ALLOW'",
    "layer === 'narrowing' && rule.verdict === 'BLOCK'",
    'decide/narrowing',
    'takes an untrusted text',
  ),
  policy(
    'condition/check-findings.ts',
    "if (tendency === 'up') return 'down';",
    "if (tendency === 'up') return 'up';",
    'traps',
    'does not load',
  ),
];
