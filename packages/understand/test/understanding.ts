import { readdirSync, readFileSync } from 'node:fs';
import type {
  Action,
  Effect,
  Finding,
  JsonObject,
  Scene,
  ToolDefinition,
  Understanding,
} from '@writ/contract';
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

const FOLDER = new URL('../../../vectors/understanding/', import.meta.url);

type CommandFile = { readonly whole: readonly Effect[]; readonly cases: readonly CommandCase[] };

function readCommands(name: string): CommandFile {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as CommandFile; // our own vectors
}

export const COMMANDS = readCommands('commands.json');
/** The general ones, and a file for each family of programs. */
export const FILES_OF_COMMANDS = [
  'commands.json',
  ...readdirSync(new URL('programs/', FOLDER)).map((name) => `programs/${name}`),
].map((name) => ({ name, commands: readCommands(name).cases }));

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

export const FILES: ToolDefinition = {
  v: 1,
  name: 'files.read',
  description: 'reads a file',
  parameters: {
    properties: { path: { type: 'string' }, url: { type: 'string' }, note: { type: 'string' }, more: {} },
  },
  effects: ['READ_REPO'],
};
export const WRITER: ToolDefinition = {
  ...FILES,
  name: 'files.write',
  effects: ['WRITE_PATCH', 'READ_REPO'],
};

export const SCENE: Scene = {
  directory: '/srv/project',
  roots: ['/srv/project'],
  shell: null,
  items: [
    { kind: 'path', name: '/srv/project/a', digest: 'x', used: true },
    { kind: 'program', name: '/usr/bin/cat', digest: 'x', used: true },
  ],
};

export function withFiles(args: JsonObject, change: Partial<ToUnderstand> = {}): Understanding {
  return understand(args, { tool: FILES, ...change });
}
