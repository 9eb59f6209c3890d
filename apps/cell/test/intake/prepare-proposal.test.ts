import {
  ACTION_LIMITS,
  type Judged,
  type Scene,
  type ToolDefinition,
  type Understanding,
} from '@writ/contract';
import {
  commitArgs,
  deriveNonce,
  isCanonical,
  isTag,
  type JsonValue,
  parseJson,
  printJson,
} from '@writ/proof';
import { DETECTION_LIMITS } from '@writ/understand';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDomainHashes } from '../../src/intake/domain-hashes.ts';
import { openTool } from '../../src/intake/known-tool.ts';
import { type Prepared, prepareProposal } from '../../src/intake/prepare-proposal.ts';
import type { Proposal } from '../../src/intake/print-proposal.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { understood } from './understood.ts';

const DOMAIN = 'ns_00000000000000000000000001';
const BY = 'prn_00000000000000000000000001';
const ADDED = { id: 'act_00000000000000000000000001', ticket: 'tkt_00000000000000000000000001', root: BY };
const keys = openMemoryKeystore();
await keys.createDomains([DOMAIN]);
const hashes = openDomainHashes(keys, DOMAIN);

const DEFINITION: ToolDefinition = {
  v: 1,
  name: 'files.read',
  description: 'reads a file',
  parameters: { properties: { path: { type: 'string' }, line: { type: 'integer' } } },
  effects: ['READ_REPO'],
};
const TOOL = openTool(DEFINITION);

const SCENE: Scene = {
  directory: '/srv/project',
  roots: ['/srv/project'],
  shell: 'bash',
  items: [{ kind: 'path', name: '/srv/project/a', digest: 'A'.repeat(43), used: true }],
};

const UNDERSTANDING: Understanding = {
  effects: ['READ_REPO'],
  resources: [{ kind: 'path', name: '/srv/project/a' }],
  findings: [],
  reversibility: 'nothing_to_undo',
  risk: 1_000,
  costs: [{ unit: 'eur', amount: 5 }],
};

type Change = Partial<Omit<Proposal, 'action'>> & { readonly action?: Partial<Proposal['action']> };

function proposalOf({ action = {}, ...change }: Change = {}): Proposal {
  return {
    by: BY,
    session: 'a session',
    action: { tool: 'files.read', args: { path: 'a' }, why: 'because', claims: [], evidence: [], ...action },
    scene: SCENE,
    understanding: UNDERSTANDING,
    idempotency: { key: 'a key', sent_at: 1_790_000_000_000 },
    claim: { attempt: 'an attempt', target: null },
    met_obligations: null,
    ...change,
  };
}

function prepare(change: Change = {}, tool: typeof TOOL | null = TOOL): Prepared {
  return prepareProposal(hashes, understood(proposalOf(change), tool), ADDED);
}

function judgedOf(prepared: Prepared): Judged {
  return JSON.parse(prepared.command.judged) as Judged; // what `judged` is by its contract
}

const names = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 30 })
  .filter((text) => text.isWellFormed());
const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(names, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const proposals: fc.Arbitrary<Proposal> = fc
  .record({
    args: fc.dictionary(names, values, { maxKeys: 4 }),
    why: names,
    tool: names,
    session: names,
    claims: fc.array(fc.record({ fact: names, value: values, confidence: fc.nat() }), { maxLength: 2 }),
    evidence: fc.array(fc.record({ kind: names, digest: names }), { maxLength: 2 }),
    hasScene: fc.boolean(),
  })
  .map(({ session, hasScene, ...action }) => proposalOf({ session, scene: hasScene ? SCENE : null, action }));

describe('prepareProposal', () => {
  it('input is the canonical text of the original action, whatever it holds', () => {
    fc.assert(
      fc.property(proposals, (proposal) => {
        const { command } = prepareProposal(hashes, understood(proposal, TOOL), ADDED);
        const { args, claims, evidence, tool, why } = proposal.action;
        expect(command.input).toBe(printJson({ args, claims, evidence, said: null, tool, why }));
        expect(isCanonical(Buffer.from(command.input))).toBe(true);
      }),
    );
  });

  it('judged is canonical text of what gates may read, with all members of a Judged', () => {
    fc.assert(
      fc.property(proposals, (proposal) => {
        const { command } = prepareProposal(hashes, understood(proposal, TOOL), ADDED);
        const judged = parseJson(Buffer.from(command.judged));
        expect(printJson(judged)).toBe(command.judged);
        const { claims, evidence, tool } = proposal.action;
        expect(judged).toMatchObject({ claims, evidence, tool, tool_digest: TOOL.digest });
        expect(Object.keys(judged as object)).toEqual([
          'args',
          'check',
          'claims',
          'evidence',
          'scene',
          'tool',
          'tool_digest',
          'understanding',
        ]);
      }),
    );
  });

  it('args and nonce are those that whoever verifies the writ computes', () => {
    fc.assert(
      fc.property(proposals, (proposal) => {
        const { command, nonce } = prepareProposal(hashes, understood(proposal, TOOL), ADDED);
        const expected = deriveNonce(keys.nonceRoot(DOMAIN), ADDED.id);
        expect(Buffer.from(nonce).toString('hex')).toBe(Buffer.from(expected).toString('hex'));
        expect(command.args).toBe(commitArgs(expected, proposal.action.args));
      }),
    );
  });

  it('is a function of its arguments alone', () => {
    expect(prepare()).toEqual(prepare());
  });

  it('nothing depends on the order of members', () => {
    const one = prepare({ action: { args: { path: 'a', line: 1 } } });
    const other = prepare({ action: { args: { line: 1, path: 'a' } } });
    expect(other).toEqual(one);
  });

  it('everything from outside is a tag, a digest or sealed: no word of it stands in any other member', () => {
    const words = (name: string): string => `canary-${name}-word`;
    const { command } = prepare({
      session: words('session'),
      idempotency: { key: words('key'), sent_at: 1 },
      claim: { attempt: words('attempt'), target: null },
      scene: { ...SCENE, directory: words('directory'), shell: words('shell') },
      understanding: {
        ...UNDERSTANDING,
        resources: [{ kind: 'path', name: words('resource') }],
        findings: [{ code: 'opaque', where: words('where') }],
        costs: [{ unit: words('unit'), amount: 5 }],
      },
      action: {
        tool: words('tool'),
        args: { [words('member')]: words('argument') },
        why: words('why'),
        claims: [{ fact: words('fact'), value: words('value'), confidence: 1 }],
        evidence: [{ kind: words('evidence'), digest: words('digest') }],
      },
    });
    const { input, judged, ...rest } = command;
    expect(JSON.stringify(rest)).not.toContain('canary');
    expect(`${input}${judged}`).toContain('canary-argument-word');
    const tags = [command.session, command.shape, command.same, command.tool, command.costs[0]?.unit];
    const kept = [command.idempotency?.key, command.idempotency?.body, command.claim?.attempt];
    for (const tag of [...tags, ...kept]) expect(isTag(tag ?? '')).toBe(true);
  });

  it('every tag is of its own kind: equal words give no equal tags', () => {
    const word = 'word';
    const { command } = prepare({
      session: word,
      idempotency: { key: word, sent_at: 1 },
      claim: { attempt: word, target: null },
      understanding: { ...UNDERSTANDING, costs: [{ unit: word, amount: 1 }] },
      action: { tool: word },
    });
    const { session, tool, idempotency, claim, costs, shape, same } = command;
    const tags = [
      session,
      tool,
      idempotency?.key,
      idempotency?.body,
      claim?.attempt,
      costs[0]?.unit,
      shape,
      same,
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });

  it.each([
    ['other arguments', { action: { args: { path: 'b' } } }],
    ['another tool', { action: { tool: 'files.write' } }],
    ['another agent', { by: 'prn_00000000000000000000000002' }],
    ['another scene', { scene: null }],
  ] as readonly [string, Change][])('same differs for %s', (_what, change) => {
    expect(prepare(change).command.same).not.toBe(prepare().command.same);
  });

  it.each([
    ['the session', { session: 'another' }],
    ['the reason given', { action: { why: 'for another reason' } }],
    ['the attempt', { claim: null }],
  ] as readonly [string, Change][])('same does not depend on %s', (_what, change) => {
    expect(prepare(change).command.same).toBe(prepare().command.same);
  });

  it('shape is equal for calls that differ in numbers and spacing alone', () => {
    const shapeOf = (path: string): string => prepare({ action: { args: { path } } }).command.shape;
    expect(shapeOf('page 12  of 300')).toBe(shapeOf('page 7 of 4'));
    expect(shapeOf('page 12')).not.toBe(shapeOf('leaf 12'));
  });

  it('idempotency binds the key to the whole request', () => {
    const bodyOf = (change: Change): string | undefined => prepare(change).command.idempotency?.body;
    expect(bodyOf({})).toBe(bodyOf({}));
    expect(bodyOf({ session: 'another' })).not.toBe(bodyOf({}));
    expect(bodyOf({ scene: null })).not.toBe(bodyOf({}));
    expect(bodyOf({ met_obligations: [] })).not.toBe(bodyOf({}));
    expect(bodyOf({ action: { args: { path: 'b' } } })).not.toBe(bodyOf({}));
    expect(prepare({ idempotency: null }).command.idempotency).toBeNull();
  });

  it('judged carries typed tokens for personal data and secrets, and says where they were', () => {
    const args = { path: 'write to zoe@example.org' };
    const prepared = prepare({ action: { args } });
    const judged = judgedOf(prepared);
    expect(judged.args).toEqual({ path: 'write to email#1' });
    expect(judged.understanding.findings).toEqual([{ code: 'personal_data_in_arguments', where: '/path' }]);
    expect(prepared.command.judged).not.toContain('zoe@example.org');
    expect(prepared.command.input).toContain('zoe@example.org');
    // What will run is committed to as it is.
    expect(prepared.command.args).toBe(commitArgs(prepared.nonce, args));
  });

  it('judged keeps the findings of understanding before those of detection', () => {
    const findings = [{ code: 'opaque', where: '/path' }] as const;
    const understanding = { ...UNDERSTANDING, findings };
    const judged = judgedOf(prepare({ understanding, action: { args: { path: 'zoe@example.org' } } }));
    expect(judged.understanding.findings.map(({ code }) => code)).toEqual([
      'opaque',
      'personal_data_in_arguments',
    ]);
  });

  it('check is what the tool says of the original arguments', () => {
    expect(judgedOf(prepare()).check).toBe('valid');
    expect(judgedOf(prepare({ action: { args: { other: 1 } } })).check).toBe('undeclared');
    // A token is no integer, but the argument was one.
    const card = { line: 4_111_111_111_111_111 };
    const judged = judgedOf(prepare({ action: { args: card } }));
    expect([judged.check, judged.args['line']]).toEqual(['valid', 'card#1']);
  });

  it('check is malformed, and no argument is judged, when personal data could not be searched for', () => {
    const args = { path: 'x'.repeat(DETECTION_LIMITS.text_units_max + 1) };
    const prepared = prepare({ action: { args } });
    const judged = judgedOf(prepared);
    expect([judged.args, judged.check]).toEqual([{}, 'malformed']);
    expect(prepared.command.args).toBe(commitArgs(prepared.nonce, args));
  });

  it('judged holds the scene whole', () => {
    expect([judgedOf(prepare()).scene, judgedOf(prepare({ scene: null })).scene]).toEqual([SCENE, null]);
  });

  it('check is undeclared for a tool that is not known, and names no definition', () => {
    const judged = judgedOf(prepare({}, null));
    expect([judged.check, judged.tool_digest]).toEqual(['undeclared', null]);
  });

  it.each([
    ['tool', { tool: 'x'.repeat(ACTION_LIMITS.tool_characters_max + 1) }],
    ['why', { why: 'x'.repeat(ACTION_LIMITS.why_characters_max + 1) }],
  ] as const)('check is undeclared when %s is over its limit', (_member, action) => {
    expect(judgedOf(prepare({ action })).check).toBe('undeclared');
  });

  it('refuses arguments that have no exact spelling', () => {
    expect(() => prepare({ action: { args: { line: 2 ** 53 } } })).toThrow(/^USE_STRING/);
    expect(() => prepare({ action: { args: { path: '\ud83d' } } })).toThrow(/^TEXT_NOT_WELL_FORMED/);
  });
});
