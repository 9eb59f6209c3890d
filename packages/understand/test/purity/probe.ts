import type { JsonObject } from '@writ/proof';
import type { Effect, ToolDefinition } from '@writ/contract';
import { detect, tokenise, understandAction, UnderstandFailure } from '../../src/index.ts';

type Case = {
  readonly text?: readonly string[];
  readonly args?: JsonObject;
};

/** All that the vectors hold, detected, tokenised, understood: to compare one place to run with another. */
export function probe(vectors: { readonly [path: string]: string }): unknown {
  const answers: unknown[] = [];
  for (const name of ['found', 'not-found', 'tokenised']) {
    const text = vectors[`vectors/detection/${name}.json`];
    if (text === undefined) throw new Error(`vectors/detection/${name}.json is missing`);
    const { cases } = JSON.parse(text) as { readonly cases: readonly Case[] }; // our own vectors
    for (const one of cases) {
      if (one.text !== undefined)
        answers.push(detect(one.text.join('')), tokenise({ text: one.text.join('') }));
      if (one.args !== undefined) answers.push(tokenise(one.args));
    }
  }
  answers.push(...understood(vectors['vectors/understanding/commands.json']));
  answers.push(...readNames(vectors));
  answers.push(refusalOf('x'.repeat(65_537)));
  return answers;
}

/** Paths, URLs and characters: what their vectors hold, as arguments. */
function readNames(vectors: { readonly [path: string]: string }): readonly unknown[] {
  const tool: ToolDefinition = {
    v: 1,
    name: 'a tool',
    description: '',
    parameters: { properties: { path: {}, url: {}, text: {}, body: {} } },
    arguments: { path: 'path', url: 'url', text: 'content', body: 'content' },
    effects: ['READ_REPO', 'READ_CONFIG', 'WRITE_PATCH'],
  };
  const scene = { directory: '/srv/app', roots: ['/srv/app'], shell: null, items: [] };
  return ['paths', 'urls', 'characters', 'requests'].flatMap((name) => {
    const text = vectors[`vectors/understanding/${name}.json`];
    if (text === undefined) throw new Error(`vectors/understanding/${name}.json is missing`);
    // our own vectors
    const { cases } = JSON.parse(text) as { readonly cases: readonly { readonly [name: string]: unknown }[] };
    return cases
      .flatMap((one) => Object.values(one).flat())
      .filter((one) => typeof one === 'string')
      .map((one) => {
        const args = { path: one, url: one, text: one, body: one };
        const action = { tool: 'a tool', args, why: '', claims: [], evidence: [] };
        return understandAction({ tool, action, scene, declared: null, protected: [] });
      });
  });
}

function refusalOf(text: string): string {
  try {
    tokenise({ text });
    return 'taken';
  } catch (error) {
    if (error instanceof UnderstandFailure) return error.code;
    throw error;
  }
}

function understood(text: string | undefined): readonly unknown[] {
  if (text === undefined) throw new Error('vectors/understanding/commands.json is missing');
  // our own vectors
  const file = JSON.parse(text) as {
    readonly whole: readonly Effect[];
    readonly cases: readonly { readonly command: readonly string[] }[];
  };
  const parameters = { properties: { executable: {}, args: {} } };
  const tool: ToolDefinition = { v: 1, name: 'exec.run', description: '', parameters, effects: file.whole };
  return file.cases.map(({ command: [executable = '', ...args] }) => {
    const action = { tool: 'exec.run', args: { executable, args }, why: '', claims: [], evidence: [] };
    return understandAction({ tool, action, scene: null, declared: null, protected: [] });
  });
}
