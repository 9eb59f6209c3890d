import process from 'node:process';
import * as functions from '@writ/kernel/engine';
import { readProposalBy } from '../../src/understanding/read-proposal.ts';
import { serveUnderstanding } from '../../src/understanding/serve-understanding.ts';

/** A thread whose extractors do to it what its argument `do` says: no text does that to the real ones. */
const read = readProposalBy({ functions });

serveUnderstanding(async () => (text, tool) => {
  const { args } = JSON.parse(text.input) as { readonly args: { readonly do?: string } };
  switch (args.do) {
    case 'hang':
      for (;;);
    case 'recurse':
      return recurse();
    case 'grow':
      return grow([]);
    case 'exit':
      return process.exit(3);
    case 'lie':
      return { tokens: null, check: 'valid', understanding: '{"effects":[],"risk":"none"}' };
    default:
      return read(text, tool);
  }
});

function recurse(depth: number = 0): never {
  if (depth < Infinity) recurse(depth + 1);
  throw new Error('no stack is that deep');
}

function grow(kept: unknown[]): never {
  for (;;) kept.push(Array.from({ length: 100_000 }, () => ({ kept })));
}
