import type { JsonObject } from '@writ/contract';
import type { JsonValue } from '@writ/proof';
import type { HostCall } from './read-event.ts';
import { isObject } from './read-event.ts';

/** A call of the host in the words of the standard tools (`tools/*.json`). */
export type MappedCall = {
  readonly tool: string;
  readonly args: JsonObject;
  /** The text for a shell, which this door runs itself; null for what the host runs. */
  readonly command: string | null;
  /** Paths that it is about, as they were given. */
  readonly paths: readonly string[];
};

type Mapping = {
  /** Members that say what is done. All of them are judged. */
  readonly reads: readonly string[];
  /** Members that say how much of it is shown, or how long it may take. */
  readonly passes: readonly string[];
  map(input: JsonObject, directory: string): MappedCall | null;
};

/**
 * What a host does within itself: plans, questions to its person, helpers whose own calls come here one by
 * one. Nothing of it reaches the world, so it is a step and no more.
 */
const STEPS: ReadonlySet<string> = new Set([
  'Agent',
  'AskUserQuestion',
  'BashOutput',
  'EnterPlanMode',
  'ExitPlanMode',
  'KillShell',
  'ReportFindings',
  'Skill',
  'StructuredOutput',
  'Task',
  'TaskCreate',
  'TaskGet',
  'TaskList',
  'TaskOutput',
  'TaskStop',
  'TaskUpdate',
  'TodoWrite',
  'ToolSearch',
]);

const GREP_VIEW = '-A -B -C context -n -i -o type output_mode head_limit offset multiline glob'.split(' ');

const MAPPINGS: ReadonlyMap<string, Mapping> = new Map<string, Mapping>([
  [
    'Bash',
    {
      reads: ['command'],
      passes: ['description', 'timeout', 'run_in_background', 'dangerouslyDisableSandbox'],
      map({ command }) {
        if (typeof command !== 'string') return null;
        return { tool: 'shell.run', args: { command }, command, paths: [] };
      },
    },
  ],
  ['Read', file('file.read', 'file_path', ['offset', 'limit', 'pages', 'allow_large'], {})],
  ['Write', file('file.write', 'file_path', [], { content: 'content' })],
  ['Edit', file('file.edit', 'file_path', ['replace_all'], { old_string: 'old', new_string: 'new' })],
  [
    'NotebookEdit',
    {
      reads: ['notebook_path', 'new_source'],
      passes: ['cell_id', 'cell_type', 'edit_mode'],
      map({ notebook_path: path, new_source: fresh = '' }) {
        if (typeof path !== 'string' || typeof fresh !== 'string') return null;
        return onFile('file.edit', { path, old: '', new: fresh }, path);
      },
    },
  ],
  ['MultiEdit', { reads: ['file_path', 'edits'], passes: [], map: mapEdits }],
  ['Glob', { reads: ['pattern', 'path'], passes: [], map: mapSearch }],
  ['Grep', { reads: ['pattern', 'path'], passes: GREP_VIEW, map: mapSearch }],
  [
    'WebFetch',
    {
      // The prompt is for the host's own model; what goes out is the request.
      reads: ['url'],
      passes: ['prompt', 'offset'],
      map({ url }) {
        if (typeof url !== 'string') return null;
        return { tool: 'http.request', args: { method: 'GET', url }, command: null, paths: [] };
      },
    },
  ],
  [
    'WebSearch',
    {
      reads: ['query'],
      passes: ['allowed_domains', 'blocked_domains'],
      map({ query }) {
        if (typeof query !== 'string') return null;
        return { tool: 'web.search', args: { query }, command: null, paths: [] };
      },
    },
  ],
]);

/** What nobody declared: proposed under a name that no tool has, so that it is refused and recorded. */
const UNDECLARED = 'claude-code.';
const MCP_TOOL = /^mcp__([A-Za-z0-9.-]+(?:_[A-Za-z0-9.-]+)*)__([A-Za-z0-9_.-]+)$/;

/** The one meaning of a call; what this version does not know whole is a tool that nobody declared. */
export function mapCall({ tool, input, directory }: HostCall): MappedCall {
  if (STEPS.has(tool)) return { tool: 'host.step', args: { name: tool }, command: null, paths: [] };
  const mcp = MCP_TOOL.exec(tool);
  if (mcp !== null) return plain(`mcp.${mcp[1] ?? ''}.${mcp[2] ?? ''}`, input);
  const mapping = MAPPINGS.get(tool);
  if (mapping === undefined) return plain(`${UNDECLARED}${tool}`, input);
  const known = [...mapping.reads, ...mapping.passes];
  const isWhole = Object.keys(input).every((member) => known.includes(member));
  return (isWhole ? mapping.map(input, directory) : null) ?? plain(`${UNDECLARED}${tool}`, input);
}

function plain(tool: string, args: JsonObject): MappedCall {
  return { tool, args, command: null, paths: [] };
}

function onFile(tool: string, args: JsonObject, path: string): MappedCall {
  return { tool, args, command: null, paths: [path] };
}

/** A tool of the host on one file: its path, and texts under the names that they have here. */
function file(
  tool: string,
  path_member: string,
  passes: readonly string[],
  texts: Readonly<Record<string, string>>,
): Mapping {
  return {
    reads: [path_member, ...Object.keys(texts)],
    passes,
    map(input) {
      const path = input[path_member];
      if (typeof path !== 'string') return null;
      const args: Record<string, string> = { path };
      for (const [theirs, ours] of Object.entries(texts)) {
        const text = input[theirs];
        if (typeof text !== 'string') return null;
        args[ours] = text;
      }
      return onFile(tool, args, path);
    },
  };
}

function mapSearch({ pattern, path }: JsonObject, directory: string): MappedCall | null {
  if (typeof pattern !== 'string') return null;
  const where = path ?? directory;
  return typeof where === 'string' ? onFile('file.search', { pattern, path: where }, where) : null;
}

/** Several edits of one file, in their order: one text that goes and one that comes. */
function mapEdits({ file_path: path, edits }: JsonObject): MappedCall | null {
  if (typeof path !== 'string' || !Array.isArray(edits)) return null;
  const [before, after]: [string[], string[]] = [[], []];
  for (const edit of edits as readonly JsonValue[]) {
    if (!isObject(edit)) return null;
    const { old_string: old, new_string: fresh } = edit;
    if (typeof old !== 'string' || typeof fresh !== 'string') return null;
    before.push(old);
    after.push(fresh);
  }
  return onFile('file.edit', { path, old: before.join('\n'), new: after.join('\n') }, path);
}
