import { type Action, type ToolDefinition, type Understanding, UNDERSTANDING_LIMITS } from '@writ/contract';
import { type CheckedTool, understandAction, understandProposal } from '@writ/understand';
import { describe, expect, it } from 'vitest';

const DEFINITION: ToolDefinition = {
  v: 1,
  name: 'files.read',
  description: '',
  parameters: { properties: { path: {}, texts: {} } },
  effects: ['READ_REPO'],
};
const TOOL: CheckedTool = { definition: DEFINITION, check: () => 'valid' };

function actionOf(args: Action['args'], why: string = ''): Action {
  return { tool: 'files.read', args, why, claims: [], evidence: [] };
}

const DECLARED = { kind: 'declared', declared: null, protected: [] } as const;
const GIVEN: Understanding = {
  effects: ['READ_REPO'],
  resources: [
    { kind: 'path', name: 'twice' },
    { kind: 'path', name: 'twice' },
  ],
  findings: [],
  reversibility: 'reversible',
  risk: 1,
  costs: [],
};

describe('understandProposal()', () => {
  it('understandProposal() leaves arguments as they are in which nothing is detected', () => {
    const action = actionOf({ path: 'a' });
    const meaning = understandProposal({ tool: TOOL, action, scene: null, said: DECLARED });
    expect(meaning).toEqual({
      tokens: null,
      check: 'valid',
      understanding: understandAction({
        tool: DEFINITION,
        action,
        scene: null,
        declared: null,
        protected: [],
      }),
    });
  });

  it('understandProposal() takes a given meaning as it is, and adds what was detected once', () => {
    const said = { kind: 'given', understanding: GIVEN } as const;
    const clean = understandProposal({ tool: TOOL, action: actionOf({ path: 'a' }), scene: null, said });
    expect(clean.understanding).toEqual(GIVEN);
    const action = actionOf({ path: 'zoe@example.org' });
    const found = understandProposal({ tool: TOOL, action, scene: null, said });
    expect(found.tokens).toEqual({ path: 'email#1' });
    const finding = { code: 'personal_data_in_arguments', where: '/path' } as const;
    expect(found.understanding).toEqual({ ...GIVEN, findings: [finding] });
    const knows = { kind: 'given', understanding: found.understanding } as const;
    const again = understandProposal({ tool: TOOL, action, scene: null, said: knows });
    expect(again.understanding).toEqual(found.understanding);
  });

  it('understandProposal() keeps to the room for findings, and the first of every code', () => {
    const findings = Array.from({ length: UNDERSTANDING_LIMITS.findings_max }, (_, at) => {
      return { code: 'unfamiliar', where: `/texts/${at}` } as const;
    });
    const said = { kind: 'given', understanding: { ...GIVEN, findings } } as const;
    const action = actionOf({ path: 'zoe@example.org' });
    const { understanding } = understandProposal({ tool: TOOL, action, scene: null, said });
    expect(understanding.findings).toHaveLength(UNDERSTANDING_LIMITS.findings_max);
    const codes = understanding.findings.map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['unfamiliar', 'personal_data_in_arguments', 'opaque']));
  });

  it('understandProposal() checks nothing of what is malformed, too long or undeclared', () => {
    const checkOf = (action: Action, tool: CheckedTool | null = TOOL): string =>
      understandProposal({ tool, action, scene: null, said: DECLARED }).check;
    expect(checkOf(actionOf({ path: 'x'.repeat(65_537) }))).toBe('malformed');
    expect(checkOf(actionOf({}, 'x'.repeat(4_097)))).toBe('undeclared');
    expect(checkOf({ ...actionOf({}), tool: 'x'.repeat(129) })).toBe('undeclared');
    expect(checkOf(actionOf({}), null)).toBe('undeclared');
    expect(checkOf(actionOf({}))).toBe('valid');
  });
});
