import type { Action, Judged, ToolDefinition } from '@writ/contract';
import { understandAgain, type UnderstoodAgain } from '@writ/kernel';
import {
  commitPart,
  type DecisionHead,
  type JsonValue,
  makePart,
  printJson,
  sha256Base64url,
} from '@writ/proof';
import { type CheckedTool, understandProposal } from '@writ/understand';
import { describe, expect, it } from 'vitest';

const ENGINE = sha256Base64url('engine');
const DIGEST = sha256Base64url('tool');
const DEFINITION: ToolDefinition = {
  v: 1,
  name: 'files.read',
  description: '',
  parameters: { properties: { path: {} } },
  effects: ['READ_REPO'],
};
const TOOL: CheckedTool = { definition: DEFINITION, check: () => 'valid' };

const ACTION: Action = {
  tool: 'files.read',
  args: { path: 'mail of zoe@example.org' },
  why: '',
  claims: [],
  evidence: [],
};
const SAID = { declared: { risk: 400_000 }, protected: ['/home/x/state'] };

function judgedOf(action: Action = ACTION): Judged {
  const said = { kind: 'declared', ...SAID } as const;
  const { tokens, check, understanding } = understandProposal({ tool: TOOL, action, scene: null, said });
  const { tool, claims, evidence } = action;
  const args = tokens ?? action.args;
  return { tool, tool_digest: DIGEST, check, args, scene: null, understanding, claims, evidence };
}

type Recorded = { readonly input?: object; readonly judged?: Judged; readonly engine?: string };

/** As a cell seals a decision, as far as understanding reads it. */
function again({ input, judged, engine = ENGINE }: Recorded, tool = TOOL): UnderstoodAgain {
  const sealed = {
    context: {},
    input: input ?? { ...ACTION, said: SAID },
    judged: judged ?? judgedOf(),
    reasons: [],
    recall: [],
    v: 1,
  };
  const part = makePart('s'.repeat(43), printJson(sealed as unknown as JsonValue)); // made of JSON
  // What understanding reads of a head.
  const head = {
    engine,
    parts: { state: '', sealed: commitPart(sha256Base64url, 'sealed', part) },
  } as unknown as DecisionHead;
  const library = {
    hash: sha256Base64url,
    tool: (digest: string) => (digest === DIGEST ? tool : null),
  };
  return understandAgain({ head, sealed: part }, ENGINE, library);
}

describe('understandAgain()', () => {
  it('understandAgain() gives the same for what was understood by it', () => {
    expect(again({})).toEqual({ kind: 'same' });
  });

  it.each([
    [
      'another argument',
      { ...ACTION, args: { path: 'other' }, said: SAID },
      ['judged.args', 'judged.understanding'],
    ],
    ['another declaration', { ...ACTION, said: { ...SAID, declared: null } }, ['judged.understanding']],
    [
      'another place of its own',
      { ...ACTION, said: { ...SAID, protected: ['mail'] } },
      ['judged.understanding'],
    ],
    ['another tool', { ...ACTION, tool: 'files.write', said: SAID }, ['judged.tool']],
    [
      'another claim',
      { ...ACTION, claims: [{ fact: 'a', value: 1, confidence: 1 }], said: SAID },
      ['judged.claims'],
    ],
    [
      'other evidence',
      { ...ACTION, evidence: [{ kind: 'a', digest: 'b' }], said: SAID },
      ['judged.evidence'],
    ],
  ])('understandAgain() tells where it differs for %s', (_what, input, members) => {
    expect(again({ input })).toEqual({ kind: 'differs', members });
  });

  it('understandAgain() tells where the tool or its schema says something else', () => {
    const effects = { ...TOOL, definition: { ...DEFINITION, effects: ['READ_REPO', 'DELETE'] as const } };
    expect(again({}, effects)).toEqual({ kind: 'differs', members: ['judged.understanding'] });
    const strict: CheckedTool = { ...TOOL, check: () => 'undeclared' };
    expect(again({}, strict)).toEqual({ kind: 'differs', members: ['judged.check'] });
  });

  it('understandAgain() finds a milder understanding than the original has', () => {
    const judged = judgedOf();
    const milder = { ...judged, understanding: { ...judged.understanding, findings: [], risk: 0 } };
    expect(again({ judged: milder })).toEqual({ kind: 'differs', members: ['judged.understanding'] });
  });

  it.each([
    ['ENGINE', { engine: sha256Base64url('other') }],
    ['NOT_UNDERSTOOD', { input: { ...ACTION, said: null } }],
    ['NOT_UNDERSTOOD', { input: ACTION }],
    ['TOOL_MISSING', { judged: { ...judgedOf(), tool_digest: sha256Base64url('lost') } }],
  ])('understandAgain() says %s where it cannot tell', (code, recorded) => {
    expect(again(recorded)).toEqual({ kind: 'undecidable', code });
  });

  it('understandAgain() says erased without the sealed part, and differs with another one', () => {
    const parts = { state: '', sealed: sha256Base64url('a part') };
    const head = { engine: ENGINE, parts } as unknown as DecisionHead; // what is read of one
    const library = { hash: sha256Base64url, tool: () => TOOL };
    const erased = understandAgain({ head, sealed: null }, ENGINE, library);
    expect(erased).toEqual({ kind: 'undecidable', code: 'ERASED' });
    const other = understandAgain({ head, sealed: 'another part' }, ENGINE, library);
    expect(other).toEqual({ kind: 'differs', members: ['parts.sealed'] });
  });
});
