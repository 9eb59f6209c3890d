import type { ArgumentKind, JsonObject, ToolDefinition } from '@writ/contract';
import type { JsonValue } from '@writ/proof';

/** What a name promises, and what an argument of that name must therefore be said to be. */
const PROMISES: readonly (readonly [names: string, kinds: readonly ArgumentKind[]])[] = [
  ['command cmd command_line commandline shell shell_command script bash', ['shell', 'words', 'program']],
  ['args argv arguments', ['words', 'shell']],
  ['executable program binary', ['program', 'path', 'shell']],
  ['sql sql_query statement', ['sql']],
  ['url uri href link endpoint webhook', ['url']],
  ['host hostname domain', ['host', 'url']],
  ['path file filename file_name filepath file_path directory dir folder cwd', ['path', 'pattern']],
  ['python python_code', ['python']],
  ['javascript js javascript_code', ['javascript']],
  ['code', ['python', 'javascript', 'shell', 'sql', 'content']],
  ['to cc bcc recipient recipients', ['recipients']],
  ['amount price', ['money']],
];

const KINDS_OF: ReadonlyMap<string, readonly ArgumentKind[]> = new Map(
  PROMISES.flatMap(([names, kinds]) => names.split(' ').map((name) => [name, kinds] as const)),
);

export type ToolFault = { readonly argument: string; readonly why: string };

/**
 * What would let an argument pass unread: a name that promises a command, a path, an address…, and a kind
 * that says that it is only text. A tool that says nothing of its arguments keeps all its effects, always.
 */
export function lintTool({ parameters, arguments: kinds }: ToolDefinition): readonly ToolFault[] {
  if (kinds === undefined) return [];
  const declared = new Map(leavesOf(parameters, ''));
  const unknown = Object.keys(kinds)
    .filter((name) => !declared.has(name))
    .map((argument) => ({ argument, why: 'the parameters declare no such argument' }));
  const unread = [...declared]
    .filter(([, type]) => type !== 'other')
    .flatMap(([argument]) => faultOf(argument, kinds[argument]));
  return [...unknown, ...unread];
}

function faultOf(argument: string, kind: ArgumentKind | undefined): readonly ToolFault[] {
  const name = argument.split('/').findLast((part) => part !== '*') ?? '';
  const wanted = KINDS_OF.get(name.toLowerCase().replaceAll('-', '_'));
  if (kind === undefined) return [{ argument, why: 'it is not said what this text is' }];
  if (wanted === undefined || wanted.includes(kind)) return [];
  return [{ argument, why: `by its name it is ${wanted.join(' or ')}, not ${kind}` }];
}

type Leaf = readonly [name: string, type: 'text' | 'texts' | 'other'];

/** Every place where a text may stand, named as kinds name it: members joined by `/`, `*` for each item. */
function leavesOf(schema: JsonObject, name: string): readonly Leaf[] {
  const below = (part: string): string => (name === '' ? part : `${name}/${part}`);
  const { properties, items, additionalProperties: further, type } = schema;
  const members = isObject(properties)
    ? Object.entries(properties).flatMap(([part, one]) => (isObject(one) ? leavesOf(one, below(part)) : []))
    : [];
  const others = isObject(further) ? leavesOf(further, below('*')) : [];
  // A list of texts is one argument: `args` and not `args/*`.
  if (isObject(items)) {
    const listed = items['type'] === 'string' ? ([[name, 'texts']] as const) : leavesOf(items, below('*'));
    return [...members, ...others, ...listed];
  }
  if (members.length + others.length > 0 || name === '') return [...members, ...others];
  return [[name, mayBeText(type) ? 'text' : 'other']];
}

function mayBeText(type: JsonValue | undefined): boolean {
  return type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
