import { describe, expect, it } from 'vitest';
import { codesOf } from '../support/acts.ts';
import { hash, openWorld, proposal, registerTool, tagOf, toolDigest } from '../support/world.ts';

describe('gate 1', () => {
  it.each([
    { code: 'UNKNOWN_TOOL', reason: 'nobody declared the tool', change: { tool: tagOf('tool/nothing') } },
    { code: 'TOOL_CHANGED', reason: 'another definition was seen', judged: { tool_digest: hash('old') } },
    { code: 'TOOL_CHANGED', reason: 'no definition was seen', judged: { tool_digest: null } },
    {
      code: 'MALFORMED',
      reason: 'the arguments could not be parsed',
      judged: { check: 'malformed' as const },
    },
    {
      code: 'SCHEMA_MISMATCH',
      reason: 'an argument is not declared',
      judged: { check: 'undeclared' as const },
    },
  ])('schema refuses with $code when $reason', ({ code, change = {}, judged = {} }) => {
    const answer = openWorld().run(proposal({ change, judged }));
    expect(answer).toMatchObject({ verdict: 'BLOCK', code, obligations: [], ticket: null });
    expect(codesOf(answer)).toEqual([code]);
    const gates = answer.kind === 'judged' ? answer.gates : [];
    expect(gates.filter((gate) => gate.not_evaluated === 'refused_before').map((gate) => gate.gate)).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it('schema passes again when the old definition is registered again', () => {
    const world = openWorld();
    registerTool(world, 'files.read', ['READ_REPO'], hash('other'));
    expect(world.run(proposal({ name: 'b' }))).toMatchObject({ code: 'TOOL_CHANGED' });
    registerTool(world, 'files.read', ['READ_REPO'], toolDigest('files.read'));
    expect(world.run(proposal({ name: 'c' }))).toMatchObject({ code: 'ALLOWED' });
  });
});
