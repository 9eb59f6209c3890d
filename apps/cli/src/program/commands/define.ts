import type { Command, Option } from '../command.ts';

export const text = (value: string, help: string): Option => ({ kind: 'text', value, help });
export const list = (value: string, help: string): Option => ({ kind: 'list', value, help });
export const flag = (help: string): Option => ({ kind: 'flag', value: '', help });

type Short = Pick<Command, 'name' | 'operands' | 'summary' | 'load'> & Partial<Command>;

export function define(short: Short): Command {
  const words = short.operands.split(' ').filter((word) => word !== '');
  return {
    operands_min: words.filter((word) => !word.startsWith('[')).length,
    operands_max: words.length,
    details: [],
    options: {},
    hidden: false,
    stays: false,
    ...short,
  };
}

export const AS: Option = text('NAME', 'the principal that acts: a name or an id');
export const PROPOSAL = 'FILE holds {"action", "scene", "understanding"} as JSON; - is standard input.';
