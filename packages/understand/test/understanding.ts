import { readFileSync } from 'node:fs';
import type { Action, Effect, Finding, JsonObject, ToolDefinition, Understanding } from '@writ/contract';
import { type ToUnderstand, understandAction } from '../src/index.ts';

type CommandCase = {
  readonly reason: string;
  readonly command: readonly string[];
  readonly effects: readonly Effect[];
  readonly findings: readonly Finding['code'][];
  readonly reversibility: Understanding['reversibility'];
  readonly resources?: readonly string[];
  readonly risk_at_least?: number;
};

const FILE = new URL('../../../vectors/understanding/commands.json', import.meta.url);
export const COMMANDS = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly whole: readonly Effect[];
  readonly cases: readonly CommandCase[];
};

export const EXEC: ToolDefinition = {
  v: 1,
  name: 'exec.run',
  description: 'runs a program, without a shell',
  parameters: {
    properties: { executable: { type: 'string' }, args: { type: 'array', items: { type: 'string' } } },
  },
  effects: COMMANDS.whole,
};

export function actionOf(args: JsonObject): Action {
  return { tool: 'a tool', args, why: '', claims: [], evidence: [] };
}

export function understand(args: JsonObject, change: Partial<ToUnderstand> = {}): Understanding {
  return understandAction({
    tool: EXEC,
    action: actionOf(args),
    scene: null,
    declared: null,
    protected: [],
    ...change,
  });
}

export function understandCommand(
  [executable = '', ...args]: readonly string[],
  change: Partial<ToUnderstand> = {},
): Understanding {
  return understand({ executable, args }, change);
}

export function codesOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ code }) => code))].sort();
}
