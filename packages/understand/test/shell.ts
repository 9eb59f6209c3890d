import { readFileSync } from 'node:fs';
import type { Effect, Finding, Scene, ToolDefinition, Understanding } from '@writ/contract';
import { understandAction } from '../src/index.ts';

export type ShellCase = {
  readonly reason: string;
  readonly command: string;
  readonly shell?: string;
  readonly effects: readonly Effect[] | 'all';
  readonly findings: readonly Finding['code'][];
  readonly reversibility: Understanding['reversibility'];
  readonly programs: readonly string[];
};

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

// Our own vectors, and our own tool.
export const SHELL = readJson('vectors/understanding/shell.json') as {
  readonly scene: Scene;
  readonly cases: readonly ShellCase[];
};
export const SHELL_TOOL = readJson('tools/shell.run.json') as ToolDefinition;

export function understandText(command: string, shell: string | null = SHELL.scene.shell): Understanding {
  return understandAction({
    tool: SHELL_TOOL,
    action: { tool: 'shell.run', args: { command }, why: '', claims: [], evidence: [] },
    scene: { ...SHELL.scene, shell },
    declared: null,
    protected: [],
  });
}
