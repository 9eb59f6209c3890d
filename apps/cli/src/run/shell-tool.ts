import { EFFECTS, type ToolDefinition } from '@writ/contract';

/**
 * A program with its arguments, run without a shell. What a program does its words decide, so the tool
 * declares every effect; what a call means is understood from its words, and the agent's profile bounds it.
 */
export const SHELL_RUN: ToolDefinition = {
  v: 1,
  name: 'shell.run',
  description: 'runs one program with exactly these arguments, without a shell',
  parameters: {
    type: 'object',
    properties: {
      executable: { type: 'string' },
      args: { type: 'array', items: { type: 'string' } },
    },
    required: ['executable', 'args'],
  },
  effects: EFFECTS,
};
