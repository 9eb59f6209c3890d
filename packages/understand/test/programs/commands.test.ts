import { describe, expect, it } from 'vitest';
import { codesOf, FILES_OF_COMMANDS, understandCommand } from '../understanding.ts';

describe.each(FILES_OF_COMMANDS)('vectors/understanding/$name', ({ commands }) => {
  const cases = commands.map((one) => [JSON.stringify(one.command), one.reason, one] as const);

  it.each(cases)('understandAction() reads %s: %s', (_command, _reason, one) => {
    const { effects, findings, resources, reversibility, risk } = understandCommand(one.command);
    expect({ effects, findings: codesOf(findings), reversibility }).toEqual({
      effects: one.effects,
      findings: [...one.findings].sort(),
      reversibility: one.reversibility,
    });
    if (one.resources !== undefined) {
      expect(resources.map(({ kind, name }) => `${kind} ${name}`)).toEqual(one.resources);
    }
    expect(risk).toBeGreaterThanOrEqual(one.risk_at_least ?? 0);
  });
});
